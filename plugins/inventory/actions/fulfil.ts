import { type Cradle, type Id, type Inventory, ok, refused, type StockLine } from 'kontor/sdk';
import { type Book, NOWHERE, openBook } from '../services/book.ts';
import { addUp } from '../services/lines.ts';
import type { Held } from '../services/stock.ts';
import { lockStock } from '../services/stock.ts';
import { writeBook } from '../services/write-book.ts';

/** What is held leaves the house. Goods that nobody counted leave too: less than nothing is never on hand. */
export async function fulfil(
  services: Cradle,
  { reference, lines }: { reference: string; lines: readonly StockLine[] },
): ReturnType<Inventory['fulfil']> {
  const wanted = addUp(lines);
  return services.database.transaction(async () => {
    const book = openBook(await lockStock(services, { variantIds: [], reference }));
    const missing = [...wanted].flatMap(([variantId, quantity]) => {
      const held = book.holdsOf(reference, variantId).reduce((sum, hold) => sum + hold.quantity, 0);
      return held >= quantity ? [] : [{ variantId, wanted: quantity, held }];
    });
    if (missing.length > 0) return refused('notReserved', { lines: missing });
    for (const [variantId, quantity] of wanted) send(book, reference, variantId, quantity);
    await writeBook(services, book);
    return ok();
  });
}

function send(book: Book, reference: string, variantId: Id, quantity: number): void {
  let left = quantity;
  for (const hold of book.holdsOf(reference, variantId)) {
    const gone = Math.min(left, hold.quantity);
    if (gone === 0) return;
    left -= gone;
    book.hold({ ...hold, quantity: hold.quantity - gone });
    sendFrom(book, hold, gone);
  }
}

function sendFrom(book: Book, { reference, variantId, locationId }: Held, quantity: number): void {
  const levels = book.levelsOf(variantId);
  const move = { variantId, kind: 'fulfil', reference } as const;
  if (locationId !== NOWHERE) {
    const { onHand = 0 } = levels.find((level) => level.locationId === locationId) ?? {};
    book.move({ ...move, locationId, onHand: -Math.min(quantity, onHand), reserved: -quantity });
    return;
  }
  // Sold before it was tracked. Now that it is, it was counted among what is there.
  const [first] = levels;
  if (book.isTracked(variantId) && first) {
    book.move({
      ...move,
      locationId: first.locationId,
      onHand: -Math.min(quantity, first.onHand),
      mayBeShort: true,
    });
  }
}
