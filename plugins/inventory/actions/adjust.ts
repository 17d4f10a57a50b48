import { type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { openBook } from '../services/book.ts';
import { locationId } from '../services/locations.ts';
import { lockStock } from '../services/stock.ts';
import { writeBook } from '../services/write-book.ts';

type Adjustment = { variantId: Id; locationId?: Id; change: number; reason: string };

/** More or less of a variant at a location: broken, found, given away. */
export async function adjust(
  services: Cradle,
  { variantId, locationId: at, change, reason }: Adjustment,
): Promise<Result<undefined, 'notTracked' | 'belowZero'>> {
  return services.database.transaction(async () => {
    const book = openBook(await lockStock(services, { variantIds: [variantId] }));
    if (!book.isTracked(variantId)) return refused('notTracked', { variantId });
    const place = await locationId(services, at);
    const { onHand = 0 } = book.levelsOf(variantId).find((level) => level.locationId === place) ?? {};
    if (onHand + change < 0) return refused('belowZero', { onHand });
    const move = { variantId, locationId: place, kind: 'adjust', reason } as const;
    book.move({ ...move, onHand: change, mayBeShort: true });
    await writeBook(services, book);
    return ok();
  });
}
