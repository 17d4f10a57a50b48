import { type CartRefusal, type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { piecesOf } from './lines.ts';
import { availableOf, forSale, type Levels, type Sellable } from './price.ts';
import type { Row } from './rows.ts';

type Asked = {
  /** Null for a cart that is yet to be made. */
  id: Id | null;
  before: Pick<Row, 'lines'>;
  after: Pick<Row, 'lines' | 'customerId'>;
  sellable: Sellable;
  levels: Levels;
};

const MOST_WORTH = 1e14; // minor units of one cart; far within what can be added up exactly

/**
 * Whether a cart may grow to be what it is about to be. Only variants with more pieces than before are judged, so that a
 * buyer can always take something out.
 */
export async function judge(
  { hooks }: Pick<Cradle, 'hooks'>,
  asked: Asked,
): Promise<Result<undefined, CartRefusal>> {
  const { id, before, after, sellable, levels } = asked;
  const were = piecesOf(before.lines);
  const pieces = piecesOf(after.lines);
  const grown = [...pieces].filter(([variantId, count]) => count > (were.get(variantId) ?? 0));

  const unknown = grown.filter(([variantId]) => !sellable.has(variantId)).map(([variantId]) => variantId);
  if (unknown.length > 0) return refused('unknownVariant', { variantIds: unknown });
  const off = grown.filter(([variantId]) => !forSale(sellable, variantId)).map(([variantId]) => variantId);
  if (off.length > 0) return refused('notForSale', { variantIds: off });
  const short = grown.filter(([variantId, count]) => count > availableOf(levels, variantId));
  if (short.length > 0) {
    return refused('outOfStock', {
      lines: short.map(([variantId, wanted]) => ({
        variantId,
        wanted,
        available: availableOf(levels, variantId),
      })),
    });
  }
  const worth = [...pieces].reduce(
    (sum, [variantId, count]) => sum + count * (sellable.get(variantId)?.unitAmount ?? 0),
    0,
  );
  if (worth > MOST_WORTH) return refused('badQuantity', { worth, max: MOST_WORTH });

  for (const [variantId, count] of grown) {
    const quantity = count - (were.get(variantId) ?? 0);
    const subject = { cartId: id, variantId, quantity, customerId: after.customerId };
    const allowed = await hooks.guard('cart.add', subject);
    if (!allowed.ok) return refused('refused', { reason: allowed.refusal, ...allowed.details });
  }
  return ok();
}
