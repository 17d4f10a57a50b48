import type { Cradle, Id } from 'kontor/sdk';
import { NOWHERE, openBook } from '../services/book.ts';
import { lockStock } from '../services/stock.ts';
import { writeBook } from '../services/write-book.ts';

/** Takes back what expired holds still keep, of a bounded number of them. @returns how many; 0 when there is nothing left */
export async function releaseExpired(services: Cradle, { most }: { most: number }): Promise<number> {
  const { clock, database, stores } = services;
  return database.transaction(async () => {
    const due = await database.query<{ variantId: Id }>(
      `select variant_id as "variantId" from inventory.reservations
       where store_id = $1 and expires_at <= $2 order by expires_at limit $3`,
      [stores.current().id, clock.now(), most],
    );
    if (due.length === 0) return 0;
    const variantIds = [...new Set(due.map(({ variantId }) => variantId))];
    const book = openBook(await lockStock(services, { variantIds }));
    const holds = book.expiredHolds('');
    for (const hold of holds) {
      const { reference, variantId, locationId, quantity } = hold;
      book.hold({ ...hold, quantity: 0 });
      if (locationId === NOWHERE) continue;
      const move = { variantId, locationId, kind: 'release', reference, reason: 'expired' } as const;
      book.move({ ...move, reserved: -quantity });
    }
    await writeBook(services, book);
    return holds.length;
  });
}
