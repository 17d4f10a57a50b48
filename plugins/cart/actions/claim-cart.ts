import { type Cart, type Id, ok, refused, type Result } from 'kontor/sdk';
import type { Parts } from '../services/parts.ts';
import { isOthers, takeOver } from './take-over.ts';

/** Makes a guest's cart that of the customer they have turned out to be. */
export async function claimCart(
  parts: Parts,
  { token, customerId, locale }: { token: string; customerId: Id; locale?: string | undefined },
): Promise<Result<Cart, 'noCart' | 'ordered'>> {
  const { database, price, rows } = parts;
  const claimed = await database.transaction(async () => {
    const row = await rows.lockByToken(token);
    if (!row || isOthers(row, customerId)) return refused('noCart');
    return row.state === 'ordered' ? refused('ordered') : ok(await takeOver(parts, { row, customerId }));
  });
  return claimed.ok ? ok(await price.look(claimed.value, locale)) : claimed;
}
