import { type Cart, type Id, ok, refused, type Result } from 'kontor/sdk';
import { addLines, type Line, piecesOf } from '../services/lines.ts';
import type { Parts } from '../services/parts.ts';
import { availableOf, type Levels } from '../services/price.ts';
import type { Row } from '../services/rows.ts';

/**
 * Makes a guest's cart that of a customer, with what they have put into others. The others stay as they are, without an
 * owner: a payment of one of them may be under way, and must find what it pays for.
 */
export async function claimCart(
  { database, groupOf, price, rows }: Parts,
  { token, customerId, locale }: { token: string; customerId: Id; locale?: string | undefined },
): Promise<Result<Cart, 'noCart' | 'ordered'>> {
  const known = await rows.byToken(token);
  if (!known || isOthers(known, customerId)) return refused('noCart');
  if (known.state === 'ordered') return refused('ordered');
  const group = await groupOf(customerId);
  const isSettled = known.customerId === customerId && known.group === group;
  const claimed = isSettled ? ok(known) : await database.transaction(() => merge(group));
  if (!claimed.ok) return claimed;
  const row = claimed.value;
  return ok(
    await price.cartOf(row, { sellable: await price.sellable(row, locale), levels: await price.levels(row) }),
  );

  async function merge(group: string): Promise<Result<Row, 'noCart' | 'ordered'>> {
    const theirs = await rows.lockOfCustomer(customerId);
    const mine = await rows.lockByToken(token);
    if (!mine || isOthers(mine, customerId)) return refused('noCart');
    if (mine.state === 'ordered') return refused('ordered');
    const others = theirs.filter(({ id, currency }) => id !== mine.id && currency === mine.currency);
    const added = others.flatMap(({ lines }) => lines);
    const levels = added.length > 0 ? await price.levels({ lines: [...mine.lines, ...added] }) : new Map();
    if (others.length > 0)
      await rows.leadTo(
        mine.id,
        others.map(({ id }) => id),
      );
    return ok(await rows.save({ ...mine, ...withLines(mine, added, levels), customerId, group }));
  }
}

function isOthers(row: Row, customerId: Id): boolean {
  return row.customerId !== null && row.customerId !== customerId;
}

/** Adds what there is room and stock for; a person who signs in is not to be refused. */
function withLines(mine: Row, added: readonly Line[], levels: Levels): Pick<Row, 'lines' | 'nextLine'> {
  let cart: Pick<Row, 'lines' | 'nextLine'> = mine;
  for (const line of added) {
    const left = availableOf(levels, line.variantId) - (piecesOf(cart.lines).get(line.variantId) ?? 0);
    const quantity = Math.min(line.quantity, left);
    const next = quantity > 0 ? addLines(cart, [{ ...line, quantity }]) : undefined;
    if (next?.ok) cart = next.value;
  }
  return { lines: cart.lines, nextLine: cart.nextLine };
}
