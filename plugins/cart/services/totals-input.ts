import type { Cart, Carts, Cradle, ProductKind, TotalsInput } from 'kontor/sdk';

type More = NonNullable<Parameters<Carts['totalsInput']>[1]>;

const TAXED_AS = {
  physical: 'goods',
  bundle: 'goods',
  digital: 'digital',
  service: 'service',
} as const satisfies Record<ProductKind, string>;

/** Everything a total of a cart depends on. Lines that are no longer sold are not in it. */
export function createTotalsInput({ tax }: Pick<Cradle, 'tax'>) {
  return async (
    cart: Pick<Cart, 'currency' | 'discounts' | 'lines'>,
    { shipTo, billTo, shipping = null }: More = {},
  ): Promise<TotalsInput> => {
    const sold = cart.lines.flatMap(({ id, quantity, variant }) =>
      variant ? [{ id, quantity, variant }] : [],
    );
    const { taxIncluded, taxRounding } = await tax.settings();
    const decided = await tax.decide({
      lines: sold.map(({ variant: { taxClass, kind } }) => ({ taxClass, kind: TAXED_AS[kind] })),
      ...(shipTo && { shipTo }),
      ...(billTo && { billTo }),
    });
    return {
      currency: cart.currency,
      taxIncluded,
      taxRounding,
      lines: sold.map(({ id, quantity, variant: { unitAmount } }, at) => {
        return { key: String(id), unitAmount, quantity, rateBps: decided.lines[at]!.rateBps };
      }),
      discounts: cart.discounts,
      shipping: shipping && { ...shipping, rateBps: decided.shipping?.rateBps ?? null },
    };
  };
}
