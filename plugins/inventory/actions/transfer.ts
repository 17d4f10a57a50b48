import { type Cradle, type Id, ok, refused, type Result, type StockLine } from 'kontor/sdk';
import { openBook } from '../services/book.ts';
import { addUp } from '../services/lines.ts';
import { locationId } from '../services/locations.ts';
import { lockStock } from '../services/stock.ts';
import { writeBook } from '../services/write-book.ts';

type Transfer = { from: Id; to: Id; lines: readonly StockLine[]; reason: string };

/** Carries stock that nobody holds from one location to another: all lines or none. */
export async function transfer(
  services: Cradle,
  { from, to, lines, reason }: Transfer,
): Promise<Result<undefined, 'sameLocation' | 'notEnough'>> {
  if (from === to) return refused('sameLocation');
  const wanted = addUp(lines);
  return services.database.transaction(async () => {
    const [source, target] = [await locationId(services, from), await locationId(services, to)];
    const book = openBook(await lockStock(services, { variantIds: [...wanted.keys()] }));
    const missing = [...wanted].flatMap(([variantId, quantity]) => {
      const level = book.levelsOf(variantId).find((one) => one.locationId === source);
      const available = level ? Math.max(0, level.onHand - level.reserved) : 0;
      return available >= quantity ? [] : [{ variantId, wanted: quantity, available }];
    });
    if (missing.length > 0) return refused('notEnough', { lines: missing });
    for (const [variantId, quantity] of wanted) {
      const move = { variantId, kind: 'transfer', reason } as const;
      book.move({ ...move, locationId: source, onHand: -quantity });
      book.move({ ...move, locationId: target, onHand: quantity });
    }
    await writeBook(services, book);
    return ok();
  });
}
