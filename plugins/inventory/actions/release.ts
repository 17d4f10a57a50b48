import type { Cradle, Id, StockLine } from 'kontor/sdk';
import { type Book, NOWHERE, openBook } from '../services/book.ts';
import { addUp } from '../services/lines.ts';
import { lockStock } from '../services/stock.ts';
import { writeBook } from '../services/write-book.ts';

/** Lets go what a reference holds, or as much of it as the lines say. */
export async function release(
  services: Cradle,
  { reference, lines }: { reference: string; lines?: readonly StockLine[] },
): Promise<void> {
  const asked = lines && addUp(lines);
  await services.database.transaction(async () => {
    const book = openBook(await lockStock(services, { variantIds: [], reference }));
    const all = new Map(book.holdsOf(reference).map(({ variantId }) => [variantId, Number.MAX_SAFE_INTEGER]));
    for (const [variantId, quantity] of asked ?? all) letGo(book, reference, variantId, quantity);
    await writeBook(services, book);
  });
}

function letGo(book: Book, reference: string, variantId: Id, quantity: number): void {
  let left = quantity;
  for (const hold of book.holdsOf(reference, variantId)) {
    const { locationId } = hold;
    const gone = Math.min(left, hold.quantity);
    if (gone === 0) return;
    left -= gone;
    book.hold({ ...hold, quantity: hold.quantity - gone });
    if (locationId === NOWHERE) continue;
    book.move({ variantId, locationId, kind: 'release', reference, reserved: -gone });
  }
}
