import { type GuardDeclaration, type PayloadDeclaration, Type } from 'kontor/sdk';

const id = Type.Integer({ minimum: 1 });
const idOrNull = Type.Union([id, Type.Null()]);
const amount = Type.Integer({ minimum: 0 });
const notify = Type.Boolean();
const refund = { orderId: id, refundId: id, amount, currency: Type.String() };

/** What this plugin tells others. */
export const events: Readonly<Record<string, PayloadDeclaration>> = {
  'order.placed': {
    payload: Type.Object({
      orderId: id,
      number: Type.String(),
      email: Type.String(),
      customerId: idOrNull,
      amount,
      currency: Type.String(),
      placedAt: Type.String(),
      notify,
    }),
  },
  'order.paid': { payload: Type.Object({ orderId: id }) },
  'order.shipped': { payload: Type.Object({ orderId: id, fulfilmentId: id, notify }) },
  'order.delivered': { payload: Type.Object({ orderId: id }) },
  'order.cancelled': { payload: Type.Object({ orderId: id, notify }) },
  'order.refunded': { payload: Type.Object({ ...refund, notify }) },
  'order.refund_failed': { payload: Type.Object(refund) },
};

/** What this plugin asks others. A broken guard lets pass: a shop goes on selling. */
export const guards: Readonly<Record<string, GuardDeclaration>> = {
  'order.place': {
    subject: Type.Object({
      email: Type.String(),
      customerId: idOrNull,
      currency: Type.String(),
      amount,
      lines: Type.Array(Type.Object({ variantId: idOrNull, quantity: Type.Integer({ minimum: 1 }) })),
    }),
  },
};
