import type { Variant } from 'kontor/sdk';
import type { Written } from './write-products.ts';

/** What the price history gets to know: prices for everybody, of one, that are new or other than before. */
export function priceSteps({ after, before }: Written, currency: string) {
  const old = new Map((before?.variants ?? []).map((variant) => [variant.id, pricesOf(variant, currency)]));
  return after.variants.flatMap((variant) =>
    [...pricesOf(variant, currency)]
      .filter(([code, amount]) => old.get(variant.id)?.get(code) !== amount)
      .map(([code, amount]) => ({
        variant_id: variant.id,
        currency: code,
        amount,
        changed_at: after.updatedAt,
      })),
  );
}

function pricesOf({ amount, prices }: Variant, currency: string): Map<string, number> {
  const others = prices.filter(({ group, minQuantity }) => group === '' && minQuantity === 1);
  return new Map([[currency, amount], ...others.map((price) => [price.currency, price.amount] as const)]);
}
