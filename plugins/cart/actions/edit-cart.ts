import { type Cart, type CartRefusal, ok, refused, type Result } from 'kontor/sdk';
import { judge } from '../services/judge.ts';
import type { Row } from '../services/rows.ts';
import type { Parts } from '../services/parts.ts';

/**
 * Changes a cart under its lock: begin, lock, what is sold, what is in stock, save, commit. The price is worked out after the
 * commit, so that nobody waits for it.
 *
 * @param change - the cart as it is to be
 */
export async function editCart(
  parts: Parts,
  input: { token: string; locale?: string | undefined; change: (row: Row) => Result<Row, CartRefusal> },
): Promise<Result<Cart, CartRefusal>> {
  const { database, hooks, price, rows } = parts;
  const { token, locale, change } = input;
  const saved = await database.transaction(async () => {
    const row = await rows.lockByToken(token);
    if (!row) return refused('noCart');
    if (row.state === 'ordered') return refused('ordered');
    const changed = change(row);
    if (!changed.ok) return changed;
    const after = changed.value;
    const sellable = await price.sellable(after, locale);
    const levels = await price.levels(after);
    const allowed = await judge({ hooks }, { id: row.id, before: row, after, sellable, levels });
    if (!allowed.ok) return allowed;
    return ok({ row: await rows.save(after), sellable, levels });
  });
  return saved.ok ? ok(await price.cartOf(saved.value.row, saved.value)) : saved;
}
