import type { Cradle, Id, StockLine } from 'kontor/sdk';
import { openBook } from '../services/book.ts';
import { addUp } from '../services/lines.ts';
import { locationId } from '../services/locations.ts';
import { lockStock } from '../services/stock.ts';
import { writeBook } from '../services/write-book.ts';

/** Goods that came back are on hand again, where the variant is tracked. */
export async function takeBack(
  services: Cradle,
  { reference, lines, to }: { reference: string; lines: readonly StockLine[]; to?: Id | undefined },
): Promise<void> {
  const wanted = addUp(lines);
  await services.database.transaction(async () => {
    const book = openBook(await lockStock(services, { variantIds: [...wanted.keys()] }));
    const tracked = [...wanted].filter(([variantId]) => book.isTracked(variantId));
    if (tracked.length === 0) return;
    const place = await locationId(services, to);
    for (const [variantId, quantity] of tracked) {
      book.move({ variantId, locationId: place, kind: 'return', reference, onHand: quantity });
    }
    await writeBook(services, book);
  });
}
