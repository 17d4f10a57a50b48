import { type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { openBook } from '../services/book.ts';
import { lockStock } from '../services/stock.ts';
import { writeBook } from '../services/write-book.ts';

type Change = {
  isBackOrderAllowed?: boolean;
  /** null takes the setting. */
  lowAt?: number | null;
  bins?: readonly { locationId: Id; bin: string }[];
};

/** How a variant is kept: whether it may be sold past zero, when it is low, where it lies. */
export async function changeItem(
  services: Cradle,
  variantId: Id,
  { isBackOrderAllowed, lowAt, bins = [] }: Change,
): Promise<Result<undefined, 'notTracked' | 'notThere'>> {
  const { database, stores } = services;
  return database.transaction(async () => {
    const book = openBook(await lockStock(services, { variantIds: [variantId] }));
    const item = book.item(variantId);
    if (!item?.isTracked) return refused('notTracked', { variantId });
    const places = new Set(book.levelsOf(variantId).map(({ locationId }) => locationId));
    const strange = bins.find(({ locationId }) => !places.has(locationId));
    if (strange) return refused('notThere', { locationId: strange.locationId });
    if (lowAt !== undefined) {
      const sql = 'update inventory.items set low_at = $3 where store_id = $1 and variant_id = $2';
      await database.query(sql, [stores.current().id, variantId, lowAt]);
    }
    if (bins.length > 0) {
      await database.query(
        `update inventory.levels l set bin = b.bin from json_to_recordset($3) as b ("locationId" bigint, bin text)
         where l.store_id = $1 and l.variant_id = $2 and l.location_id = b."locationId"`,
        [stores.current().id, variantId, JSON.stringify(bins)],
      );
    }
    // Written though nothing else may change: whoever listens looks again, and finds it low or not.
    book.setItem({ ...item, isBackOrderAllowed: isBackOrderAllowed ?? item.isBackOrderAllowed });
    await writeBook(services, book);
    return ok();
  });
}
