import { definePlugin } from 'kontor/sdk';
import type { CartAdjustments, TotalsDiscount } from 'kontor/sdk';

/** Knows two codes: TEN is right, LOST names a line that is not there. More than 50 pieces at once are not to be had. */
export default definePlugin({
  filters: {
    'cart.adjustments': (value: CartAdjustments) => {
      const known: Record<string, TotalsDiscount> = {
        TEN: { key: 'ten', title: 'Ten per cent', kind: 'percent', value: 1000 },
        LOST: { key: 'lost', title: 'Lost', kind: 'amount', value: 100, lines: ['4711'] },
      };
      const { codes } = value.cart;
      return {
        ...value,
        discounts: [...value.discounts, ...codes.flatMap((code) => known[code] ?? [])],
        refusedCodes: [
          ...value.refusedCodes,
          ...codes.filter((code) => !known[code]).map((code) => ({ code, reason: 'unknownCode' })),
        ],
      };
    },
  },
  guards: {
    'cart.add': ({ quantity }) =>
      quantity > 50 ? { refuse: 'tooManyAtOnce', details: { most: 50 } } : undefined,
  },
});
