import {
  type CheckoutState,
  type Cradle,
  defineRoutes,
  ok,
  type Payment,
  refused,
  route,
  type Result,
  type RouteRequest,
  Type,
} from 'kontor/sdk';
import { checkoutsOf } from '../services/checkouts.ts';
import { findCart } from '../services/find-cart.ts';
import { cartTokenOf } from '../services/cart-token.ts';
import { Address, asAddress, Details, PATH } from './schemas.ts';

const forVisitors = { surface: 'shop', access: 'anyone', csrf: 'origin' } as const;
const refusals = {
  noCart: 404,
  ordered: 409,
  priceChanged: 409,
  outOfStock: 409,
  notForSale: 409,
  signInNeeded: 403,
};
const MINUTE = 60_000; // ms

const readCheckout = route({
  ...forVisitors,
  method: 'GET',
  path: '/checkout',
  summary: 'The checkout of the visitor’s cart, with what is still missing',
  refusals,
  handler: async (request, { checkout }) =>
    forBuyer(await checkout.state(cartTokenOf(request), { locale: request.locale })),
});

const changeCheckout = route({
  ...forVisitors,
  method: 'PATCH',
  path: '/checkout',
  summary: 'Email, addresses, rate; what is left out stays',
  body: Type.Object({
    email: Type.Optional(Type.String({ maxLength: 254 })),
    shipTo: Type.Optional(Address),
    billTo: Type.Optional(Type.Union([Type.Literal('same'), Address])),
    rateCode: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    acceptsMarketing: Type.Optional(Type.Boolean()),
    note: Type.Optional(Type.String({ maxLength: 1000 })),
  }),
  refusals,
  async handler(request, { checkout }) {
    const { shipTo, billTo, ...others } = request.body;
    const kept = await checkout.update(cartTokenOf(request), {
      ...others,
      ...(shipTo && { shipTo: asAddress(shipTo) }),
      ...(billTo && { billTo: billTo === 'same' ? billTo : asAddress(billTo) }),
      locale: request.locale,
    });
    return forBuyer(kept);
  },
});

const readRates = route({
  ...forVisitors,
  method: 'GET',
  path: '/checkout/rates',
  summary: 'Ways to deliver the cart to its address, cheapest first',
  refusals,
  async handler(request, { checkout }) {
    const state = await checkout.state(cartTokenOf(request), { locale: request.locale });
    return state.ok ? ok({ rates: state.value.rates, chosen: state.value.rate?.code ?? null }) : state;
  },
});

const pay = route({
  ...forVisitors,
  method: 'POST',
  path: '/checkout/pay',
  summary: 'Holds the stock and starts the payment; `next` says what the browser does',
  // Whoever tries stolen cards tries many.
  rateLimit: { max: 30, window: MINUTE },
  body: Type.Object({
    method: Type.String({ minLength: 1, maxLength: 100 }),
    expected: Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'the total the buyer saw, minor units',
    }),
    details: Type.Optional(Details),
    returnPath: Type.Optional(
      Type.String({
        pattern: PATH,
        maxLength: 500,
        description: 'where the provider sends the browser back to; /checkout/return when left out',
      }),
    ),
  }),
  refusals: { ...refusals, declined: 402, providerDown: 503 },
  async handler(request, { checkout, platform }) {
    const { method, expected, details, returnPath = '/checkout/return' } = request.body;
    const paid = await checkout.pay(cartTokenOf(request), {
      method,
      expected,
      ...(details && { details }),
      returnUrl: `${platform.storeOrigin(request.store)}${returnPath}`,
      locale: request.locale,
    });
    if (!paid.ok) return paid;
    const { payment, next } = paid.value;
    return ok({ payment: payment && shownPayment(payment), next });
  },
});

const complete = route({
  ...forVisitors,
  method: 'POST',
  path: '/checkout/complete',
  summary: 'The order of the cart: made now, or before; as often as one likes',
  body: Type.Union([Type.Object({}), Type.Null()]),
  refusals: { noCart: 404, notPaid: 409, refunded: 409, incomplete: 409 },
  async handler(request, services) {
    const cartId = await cartIdOf(request, services);
    return cartId === undefined ? refused('noCart') : services.checkout.complete(cartId);
  },
});

/** A checkout without what is for the team. */
function forBuyer<Refusal extends string>(answer: Result<CheckoutState, Refusal>) {
  if (!answer.ok) return answer;
  const { payment, ...state } = answer.value;
  return ok({ ...state, payment: payment && shownPayment(payment) });
}

function shownPayment({ method, state, amount, currency, isTest, error }: Payment) {
  return { method, state, amount, currency, isTest, error };
}

/** Of the visitor's cart, whether it was ordered meanwhile or not. A cart may have other tokens, of other devices. */
export async function cartIdOf(
  request: Pick<RouteRequest, 'cookies'>,
  services: Cradle,
): Promise<number | undefined> {
  const token = cartTokenOf(request);
  const row = await checkoutsOf(services).findByCartToken(token);
  return row?.cartId ?? (await findCart(services, { token }))?.id;
}

/** What a visitor's browser may ask; everything is of the cart that its cookie names. */
export const shopRoutes = defineRoutes([readCheckout, changeCheckout, readRates, pay, complete]);
