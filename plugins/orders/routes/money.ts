import { ok, route, Type } from 'kontor/sdk';
import { NOT_FOUND, notFound } from './not-found.ts';
import { Amount, LineQuantities, OrderId, Reason } from './schemas.ts';

const read = { surface: 'store', access: { permission: 'orders.read' } } as const;
const refund = { surface: 'store', access: { permission: 'orders.refund' }, transaction: true } as const;

export const listRefunds = route({
  ...read,
  method: 'GET',
  path: '/orders/:id/refunds',
  summary: 'What was given back of an order',
  params: OrderId,
  refusals: notFound,
  async handler({ params: { id } }, { orders }) {
    return (await orders.find(id)) ? { items: await orders.refunds(id) } : NOT_FOUND;
  },
});

export const refundOrder = route({
  ...refund,
  method: 'POST',
  path: '/orders/:id/refunds',
  summary: 'Gives back lines, shipping or a plain amount',
  params: OrderId,
  body: Type.Object({
    lines: Type.Optional(LineQuantities),
    shippingAmount: Type.Optional(Amount),
    amount: Type.Optional(Amount),
    restock: Type.Optional(Type.Boolean()),
    reason: Reason,
    notify: Type.Optional(Type.Boolean()),
  }),
  refusals: { ...notFound, notPaid: 409 },
  async handler({ params: { id }, body, reply }, { orders }) {
    const refunded = await orders.refund(id, body);
    if (!refunded.ok) return refunded;
    reply.status(201);
    return ok({ refundId: refunded.value.refundId, ...refunded.value.amount });
  },
});

export const cancelOrder = route({
  ...refund,
  method: 'POST',
  path: '/orders/:id/cancel',
  summary: 'Calls an order off before anything is shipped',
  params: OrderId,
  body: Type.Object({ reason: Reason, notify: Type.Optional(Type.Boolean()) }),
  refusals: { ...notFound, shipped: 409, cancelled: 409 },
  handler: ({ params: { id }, body }, { orders }) => orders.cancel(id, body),
});

export const markPaid = route({
  ...refund,
  method: 'POST',
  path: '/orders/:id/mark-paid',
  summary: 'Notes that the money has come',
  params: OrderId,
  refusals: { ...notFound, notWaiting: 409 },
  handler: ({ params: { id } }, { orders }) => orders.markPaid(id),
});

export const changeLines = route({
  ...refund,
  method: 'PATCH',
  path: '/orders/:id/lines',
  summary: 'Takes units off what has not shipped; what was paid for them goes back',
  params: OrderId,
  body: Type.Object({
    version: Type.Integer({ minimum: 1 }),
    lines: Type.Array(
      Type.Object({
        lineId: Type.Integer({ minimum: 1 }),
        quantity: Type.Integer({ minimum: 0, maximum: 100_000 }),
      }),
      { minItems: 1, maxItems: 500 },
    ),
    notify: Type.Optional(Type.Boolean()),
  }),
  refusals: { ...notFound, changed: 409, shipped: 409, notPaid: 409 },
  handler: ({ params: { id }, body }, { orders }) => orders.changeLines(id, body),
});
