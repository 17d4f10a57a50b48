import { type Fulfilment, type Order, route, Type } from 'kontor/sdk';
import { NOT_FOUND, notFound } from './not-found.ts';
import { Page } from './schemas.ts';

const MINUTE = 60_000; // ms

export const readByToken = route({
  surface: 'shop',
  access: 'anyone',
  method: 'GET',
  path: '/orders/:token',
  summary: 'An order by the token of its page; who has it may see it',
  rateLimit: { max: 120, window: MINUTE },
  params: Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }) }),
  refusals: notFound,
  async handler({ params, reply }, { orders }) {
    const order = await orders.byToken(params.token);
    if (!order) return NOT_FOUND;
    reply.header('cache-control', 'private, no-store');
    return forBuyer(order, await orders.fulfilments(order.id));
  },
});

export const listOwn = route({
  surface: 'shop',
  access: 'customer',
  method: 'GET',
  path: '/account/orders',
  summary: 'Orders of the signed-in customer, newest first',
  query: Type.Object(Page),
  async handler({ query, actor }, { orders }) {
    if (actor.kind !== 'customer') return { items: [], next: null };
    const { orders: own, next } = await orders.list({ ...query, customerId: actor.customerId });
    const items = own.map(
      ({ number, token, state, paymentState, currency, amount, refundedAmount, placedAt }) => ({
        ...{ number, token, state, paymentState, currency, amount, refundedAmount, placedAt },
      }),
    );
    return { items, next };
  },
});

/** What a buyer sees of an order: nothing of the team's, and not how the total came about. */
function forBuyer(order: Order, fulfilments: Fulfilment[]) {
  const { number, token, state, paymentState, email, currency, shipTo, billTo, note, placedAt } = order;
  const { subtotal, discount, shipping, shippingDiscount, tax, taxes, total, taxIncluded } = order.totals;
  return {
    ...{ number, token, state, paymentState, email, currency, shipTo, billTo, note, placedAt },
    shippingTitle: order.shippingTitle,
    paymentTitle: order.paymentTitle,
    refundedAmount: order.refundedAmount,
    totals: { subtotal, discount, shipping, shippingDiscount, tax, taxes, total, taxIncluded },
    lines: order.lines.map((line) => ({
      ...{ title: line.title, variantTitle: line.variantTitle, sku: line.sku, options: line.options },
      ...{ properties: line.properties, picturePath: line.picturePath, quantity: line.quantity },
      ...{ unitAmount: line.unitAmount, shippedQuantity: line.shippedQuantity },
      amount: order.totals.lines.find(({ key }) => key === line.key)?.total ?? 0,
    })),
    fulfilments: fulfilments.map(({ carrier, trackingNumber, trackingUrl, state: now, shippedAt }) => ({
      ...{ carrier, trackingNumber, trackingUrl, state: now, shippedAt },
    })),
  };
}
