import type { Frame } from './frame.ts';

const KNOWN: ReadonlySet<string> = new Set([
  'outOfStock',
  'notForSale',
  'unknownVariant',
  'badQuantity',
  'tooManyLines',
]);

/** Why something did not go into the cart, as the address tells it; undefined when it does not. */
export function problemOf({ query, say }: Pick<Frame, 'query' | 'say'>): string | undefined {
  const { refused, available } = query;
  if (refused === undefined) return undefined;
  const count = Number(available);
  if (refused === 'outOfStock' && available !== undefined && Number.isSafeInteger(count) && count >= 0) {
    return say('cart.refused.onlySoMany', { available: count });
  }
  return say(`cart.refused.${KNOWN.has(refused) ? refused : 'other'}`);
}
