import { Type } from 'kontor/sdk';

export const PaymentId = Type.Object({ id: Type.Integer({ minimum: 1 }) });

const State = Type.Union(
  [
    'started',
    'waiting',
    'authorised',
    'captured',
    'partially_refunded',
    'refunded',
    'failed',
    'cancelled',
  ].map((state) => Type.Literal(state)),
);
const Text = Type.Union([Type.String(), Type.Null()]);

/** A payment as the team sees it. */
export const PaymentAnswer = Type.Object({
  id: Type.Integer(),
  provider: Type.String(),
  method: Type.String(),
  reference: Type.String(),
  providerReference: Text,
  state: State,
  amount: Type.Integer(),
  capturedAmount: Type.Integer(),
  refundedAmount: Type.Integer(),
  currency: Type.String(),
  error: Text,
  note: Text,
  isTest: Type.Boolean(),
  orderId: Type.Union([Type.Integer(), Type.Null()]),
  createdAt: Type.Unsafe<Date>(Type.String({ format: 'date-time' })),
});
