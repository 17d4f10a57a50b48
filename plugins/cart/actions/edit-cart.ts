import { type Cart, type CartRefusal, type Id, ok, refused, type Result } from 'kontor/sdk';
import { judge } from '../services/judge.ts';
import type { Parts } from '../services/parts.ts';
import { isToken, type Row } from '../services/rows.ts';
import { isOthers, takeOver } from './take-over.ts';

type Edit = {
  token: string;
  customerId?: Id | undefined;
  locale?: string | undefined;
  /** The cart as it is to be. */
  change: (row: Row) => Result<Row, CartRefusal>;
};

/**
 * Changes a cart under its lock: begin, lock, what is sold, what is in stock, save, commit. The price is worked out after the
 * commit, so that nobody waits for it.
 */
export async function editCart(
  parts: Parts,
  { token, customerId, locale, change }: Edit,
): Promise<Result<Cart, CartRefusal>> {
  const { database, hooks, price, rows } = parts;
  if (!isToken(token)) return refused('noCart');
  const saved = await database.transaction(async () => {
    const found = await rows.lockByToken(token);
    if (!found || isOthers(found, customerId)) return refused('noCart');
    if (found.state === 'ordered') return refused('ordered');
    const isGuests = customerId !== undefined && found.customerId === null;
    const row = isGuests ? await takeOver(parts, { row: found, customerId }) : found;
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
