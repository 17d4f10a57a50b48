import type { Cart, Cradle, PostalAddress, ShippingRate, Totals, TotalsInput } from 'kontor/sdk';

type Wanted = {
  cart: Cart;
  shipTo: PostalAddress | null;
  billTo: PostalAddress | null;
  shipping: { title: string; amount: number } | null;
};

/** What a cart costs with what the checkout knows of it, and what that was computed from. */
export async function priceCart(
  { carts, totals }: Pick<Cradle, 'carts' | 'totals'>,
  { cart, shipTo, billTo, shipping }: Wanted,
): Promise<{ input: TotalsInput; totals: Totals }> {
  const input = await carts.totalsInput(cart, {
    ...(shipTo && { shipTo: placeOf(shipTo) }),
    ...(billTo && { billTo: placeOf(billTo) }),
    shipping: shipping && { title: shipping.title, amount: shipping.amount },
  });
  return { input, totals: totals.calculate(input) };
}

/** Rates for what is to be delivered of a cart; none without an address. */
export async function quoteRates(
  { shipping }: Pick<Cradle, 'shipping'>,
  { cart, shipTo }: Pick<Wanted, 'cart' | 'shipTo'>,
): Promise<ShippingRate[]> {
  if (!cart.requiresShipping || !shipTo || cart.lines.length === 0) return [];
  const { subtotal, discount, currency } = cart.totals;
  return shipping.quote({
    lines: cart.lines
      .filter(({ variant }) => variant?.requiresShipping)
      .map(({ variantId, quantity, variant }) => ({
        variantId,
        quantity,
        weightGrams: variant!.weightGrams,
      })),
    weightGrams: cart.weightGrams,
    value: { amount: subtotal - discount, currency },
    shipTo: { ...placeOf(shipTo), ...(shipTo.region && { region: shipTo.region }) },
  });
}

function placeOf({ country, postalCode }: PostalAddress): { country: string; postalCode: string } {
  return { country, postalCode };
}
