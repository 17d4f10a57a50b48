import {
  type Cart,
  type CheckoutState,
  type Cradle,
  ok,
  refused,
  type Result,
  type ShippingRate,
} from 'kontor/sdk';
import { type CheckoutRow, checkoutsOf } from '../services/checkouts.ts';
import { findCart } from '../services/find-cart.ts';
import { priceCart, quoteRates } from '../services/price-cart.ts';

/** The checkout of a cart by its token, computed anew. */
export async function readState(
  services: Cradle,
  { token, locale }: { token: string; locale?: string | undefined },
): Promise<Result<CheckoutState, 'noCart'>> {
  const cart = await findCart(services, { token, locale });
  if (!cart) return refused('noCart');
  const row = await checkoutsOf(services).find(cart.id);
  return ok(await describeCheckout(services, { cart, row, locale }));
}

/** What is known of a cart and its row, with rates, ways to pay and totals as they are now. */
export async function describeCheckout(
  services: Cradle,
  { cart, row, locale }: { cart: Cart; row: CheckoutRow | undefined; locale?: string | undefined },
): Promise<CheckoutState> {
  const { payments, stores } = services;
  const shipTo = cart.requiresShipping ? (row?.shipTo ?? null) : null;
  const billTo = cart.requiresShipping && row?.isBillSame !== false ? shipTo : (row?.billTo ?? null);
  const rates = await quoteRates(services, { cart, shipTo });
  const rate = chosenRate(rates, row?.rateCode ?? null);
  const country = (billTo ?? shipTo)?.country;
  const [{ totals }, methods, payment] = await Promise.all([
    priceCart(services, {
      cart,
      shipTo,
      billTo,
      shipping: rate && { title: rate.title, amount: rate.amount.amount },
    }),
    payments.methods({
      currency: cart.currency,
      ...(country && { country }),
      locale: locale ?? row?.locale ?? stores.current().locale,
    }),
    row?.paymentId ? payments.find(row.paymentId) : undefined,
  ]);
  const actor = stores.actor();
  const email = row?.email || (actor.kind === 'customer' ? actor.email : '');
  const known = { cart, email, shipTo, billTo, rate };
  return {
    ...known,
    acceptsMarketing: row?.acceptsMarketing ?? false,
    rates,
    methods: totals.total === 0 ? [] : methods,
    totals,
    payment: payment ?? null,
    returned: row?.returned.at(-1) ?? null,
    missing: missingOf(known),
  };
}

/** One that is the only one needs no choosing. */
function chosenRate(rates: readonly ShippingRate[], code: string | null): ShippingRate | null {
  return rates.find((rate) => rate.code === code) ?? (rates.length === 1 ? rates[0]! : null);
}

function missingOf(known: Pick<CheckoutState, 'cart' | 'email' | 'shipTo' | 'billTo' | 'rate'>) {
  const { cart, email, shipTo, billTo, rate } = known;
  const isMissing = {
    email: email === '',
    shipTo: cart.requiresShipping && !shipTo,
    billTo: !billTo,
    rate: cart.requiresShipping && !rate,
    lines: cart.lines.length === 0 || !cart.lines.every(({ variant }) => variant?.isForSale),
  } satisfies Record<CheckoutState['missing'][number], boolean>;
  return (Object.keys(isMissing) as (keyof typeof isMissing)[]).filter((part) => isMissing[part]);
}
