import type { Cradle, Id } from 'kontor/sdk';
import { openBook } from '../services/book.ts';
import { lockStock } from '../services/stock.ts';
import { writeBook } from '../services/write-book.ts';

/** Forgets levels of variants, so that they can always be sold. What is held of them stays held, nowhere. */
export async function untrack(services: Cradle, variantIds: readonly Id[]): Promise<void> {
  if (variantIds.length === 0) return;
  const { database, stores } = services;
  await database.transaction(async () => {
    const book = openBook(await lockStock(services, { variantIds }));
    const tracked = variantIds.filter((variantId) => book.isTracked(variantId));
    for (const variantId of tracked) {
      book.setItem({ ...book.item(variantId)!, isTracked: false });
      for (const { locationId, onHand, reserved } of book.levelsOf(variantId)) {
        if (onHand === 0 && reserved === 0) continue;
        const move = { variantId, locationId, kind: 'untrack', mayBeShort: true } as const;
        book.move({ ...move, onHand: -onHand, reserved: -reserved });
      }
    }
    if (tracked.length === 0) return;
    await writeBook(services, book);
    const values = [stores.current().id, tracked];
    await database.query(
      `with gone as (
         delete from inventory.reservations
         where store_id = $1 and variant_id = any ($2::bigint[]) and location_id <> 0
         returning reference, variant_id, quantity, expires_at, created_at)
       insert into inventory.reservations (store_id, reference, variant_id, location_id, quantity, expires_at, created_at)
       select $1, reference, variant_id, 0, sum(quantity), max(expires_at), min(created_at) from gone group by 2, 3
       on conflict (store_id, reference, variant_id, location_id)
       do update set quantity = reservations.quantity + excluded.quantity`,
      values,
    );
    await database.query(
      'delete from inventory.levels where store_id = $1 and variant_id = any ($2::bigint[])',
      values,
    );
  });
}
