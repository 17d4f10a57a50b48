import { actorName, type Cradle, type Id, ok, type Result } from 'kontor/sdk';
import { placeProducts } from '../services/collection-members.ts';
import { claimNames } from './claim-names.ts';
import { fitLimit } from './fit-limit.ts';
import { lockProducts } from './load-for-change.ts';
import { mergeWishes } from './merge-wishes.ts';
import { numberProducts } from './number-products.ts';
import { changing, type Entries, type SaveRefusal, type Wish } from './wish.ts';
import { writeProducts, type Written } from './write-products.ts';

export type Saved = { id: Id; isNew: boolean; isChanged: boolean };
export type SaveOptions = {
  /** Tells of all at once by `catalog.products_saved`, not of each. */
  isBatch?: boolean;
  /** What changed is not what people edit: versions stay. */
  keepsVersion?: boolean;
  /** A picture that is gone is left out, instead of refused. */
  dropsUnknownPictures?: boolean;
};

const MOST_TOLD = 500; // products an event

/**
 * Makes and changes products, all in one transaction; one that is refused keeps none of the others. The number of statements
 * does not depend on the number of products, but for events of single ones. All refusals come before the first write.
 *
 * @returns one answer a wish, in order; what would change nothing is left as it is
 */
export async function saveProducts(
  services: Cradle,
  wishes: readonly Wish[],
  { isBatch = false, keepsVersion = false, dropsUnknownPictures = false }: SaveOptions = {},
): Promise<Result<Saved, SaveRefusal>[]> {
  if (wishes.length === 0) return [];
  const { clock, database, stores } = services;
  const { id: storeId, currency } = stores.current();
  const where = { database, storeId };
  return database.transaction(async () => {
    await lockProducts(where);
    const now = clock.now();
    const merged = await mergeWishes(services, { wishes, now, dropsUnknownPictures });
    const entries = await fitLimit(services, await claimNames(services, merged));
    const products = await numberProducts(database, { entries: changing(entries), now, keepsVersion });
    if (products.length > 0) {
      await writeProducts(where, { products, changedBy: actorName(stores.actor()), currency });
      await tell(services, products, isBatch);
      await placeProducts(
        services,
        products.map(({ after }) => after.id),
      );
    }
    return answers(entries, products);
  });
}

async function tell(
  { events, random }: Cradle,
  products: readonly Written[],
  isBatch: boolean,
): Promise<void> {
  const ids = products.map(({ after }) => after.id);
  for (let at = 0; isBatch && at < ids.length; at += MOST_TOLD) {
    const productIds = ids.slice(at, at + MOST_TOLD);
    await events.emit('catalog.products_saved', { productIds }, { entity: `products:${random.uuid()}` });
  }
  for (const productId of isBatch ? [] : ids)
    await events.emit('catalog.product_saved', { productId }, { entity: `product:${productId}` });
}

function answers(entries: Entries, products: readonly Written[]): Result<Saved, SaveRefusal>[] {
  const isNew = new Set(products.filter(({ before }) => !before).map(({ after }) => after.id));
  return entries.map((entry) =>
    entry.ok
      ? ok({
          id: entry.value.draft.id,
          isNew: isNew.has(entry.value.draft.id),
          isChanged: entry.value.isChanged,
        })
      : entry,
  );
}
