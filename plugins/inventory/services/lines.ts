import type { Id, StockLine } from 'kontor/sdk';
import { errors } from '../errors.ts';

/**
 * Quantities by variant, lines of the same one added up, in order of their ids.
 *
 * @throws INVENTORY_ERR_QUANTITY for what is no whole number of 1 or more
 */
export function addUp(lines: readonly StockLine[]): Map<Id, number> {
  const sums = new Map<Id, number>();
  for (const { variantId, quantity } of lines) {
    checkQuantity(variantId, quantity, 1);
    sums.set(variantId, (sums.get(variantId) ?? 0) + quantity);
  }
  return new Map([...sums].sort(([left], [right]) => left - right));
}

/** @throws INVENTORY_ERR_QUANTITY */
export function checkQuantity(variantId: Id, quantity: unknown, least: number): void {
  if (!Number.isSafeInteger(quantity) || (quantity as number) < least) {
    throw new errors.INVENTORY_ERR_QUANTITY(least, variantId, String(quantity));
  }
}
