import type { VariantPrice } from 'kontor/sdk';

type Priced = {
  /** The store's, of the plain price. */
  readonly currency: string;
  readonly amount: number;
  readonly compareAtAmount: number | null;
  readonly prices: readonly VariantPrice[];
};

/**
 * What one costs this buyer: of all prices that apply, the lowest, so that being in a group or taking more never costs more.
 *
 * @returns undefined when there is no price in the currency
 */
export function priceFor(
  variant: Priced,
  { currency, group, quantity }: { currency: string; group: string; quantity: number },
): { amount: number; compareAtAmount: number | null } | undefined {
  const plain = { ...variant, group: '', minQuantity: 1 };
  const applying = [plain, ...variant.prices].filter(
    (price) =>
      price.currency === currency &&
      (price.group === '' || price.group === group) &&
      price.minQuantity <= quantity,
  );
  return applying.toSorted((one, other) => one.amount - other.amount)[0];
}
