import { type Cart, type CartAddition, type CartRefusal, ok, type Result } from 'kontor/sdk';
import { judge } from '../services/judge.ts';
import { addLines } from '../services/lines.ts';
import type { Parts } from '../services/parts.ts';

type Options = { currency?: string; customerId?: number; locale?: string };

/** Makes a cart with lines in it; nothing is written when one of them is refused. */
export async function startCart(
  { groupOf, hooks, price, rows, stores }: Parts,
  additions: readonly CartAddition[],
  { currency = stores.current().currency, customerId, locale }: Options,
): Promise<Result<{ cart: Cart; token: string }, CartRefusal>> {
  const before = { lines: [], nextLine: 1 };
  const added = addLines(before, additions);
  if (!added.ok) return added;
  const after = {
    ...added.value,
    currency,
    customerId: customerId ?? null,
    group: await groupOf(customerId),
  };
  const sellable = await price.sellable(after, locale);
  const levels = await price.levels(after);
  const allowed = await judge({ hooks }, { id: null, before, after, sellable, levels });
  if (!allowed.ok) return allowed;
  const { row, token } = await rows.insert(after);
  return ok({ cart: await price.cartOf(row, { sellable, levels }), token });
}
