import type { Cradle, Id, Inventory } from 'kontor/sdk';
import { openBook } from '../services/book.ts';
import { makeItems } from '../services/make-items.ts';
import { checkQuantity } from '../services/lines.ts';
import { locationId } from '../services/locations.ts';
import { lockStock } from '../services/stock.ts';
import { writeBook } from '../services/write-book.ts';

type SetLine = Parameters<Inventory['set']>[0][number];

/** Says what is on hand at a location, as somebody counted it. Of two lines of one variant the last one counts. */
export async function setStock(
  services: Cradle,
  lines: readonly SetLine[],
  { reason, locationId: at, kind = 'set' }: { reason: string; locationId?: Id; kind?: 'set' | 'import' },
): Promise<void> {
  const last = new Map(lines.map((line) => [line.variantId, line]));
  for (const { variantId, onHand } of last.values()) checkQuantity(variantId, onHand, 0);
  if (last.size === 0) return;
  const variantIds = [...last.keys()].sort((left, right) => left - right);
  await services.database.transaction(async () => {
    const place = await locationId(services, at);
    await makeItems(services, variantIds);
    const book = openBook(await lockStock(services, { variantIds }));
    for (const variantId of variantIds) {
      const { onHand, isBackOrderAllowed } = last.get(variantId)!;
      const item = book.item(variantId)!;
      const level = book.levelsOf(variantId).find((one) => one.locationId === place);
      const isAllowed = isBackOrderAllowed ?? item.isBackOrderAllowed;
      if (!item.isTracked || isAllowed !== item.isBackOrderAllowed) {
        book.setItem({ variantId, isTracked: true, isBackOrderAllowed: isAllowed });
      }
      // A count that is as it was is no movement; the first one is, so that the level is there.
      if (level && level.onHand === onHand) continue;
      const change = onHand - (level?.onHand ?? 0);
      book.move({ variantId, locationId: place, kind, reason, onHand: change, mayBeShort: true });
    }
    await writeBook(services, book);
  });
}
