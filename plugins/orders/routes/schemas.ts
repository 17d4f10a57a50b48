import { Type } from 'kontor/sdk';

const id = Type.Integer({ minimum: 1 });
const text = (maxLength: number) => Type.String({ maxLength });
const someText = (maxLength: number) => Type.String({ minLength: 1, maxLength });

export const Amount = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 });
export const Quantity = Type.Integer({ minimum: 1, maximum: 100_000 });
export const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+$' });
export const OrderId = Type.Object({ id });
export const Tags = Type.Array(someText(60), { maxItems: 50 });
export const Reason = someText(500);
export const Page = {
  cursor: Type.Optional(text(200)),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
};

export const LineQuantities = Type.Array(Type.Object({ lineId: id, quantity: Quantity }), {
  minItems: 1,
  maxItems: 500,
});

export const Address = Type.Object({
  firstName: text(100),
  lastName: text(100),
  company: Type.Optional(text(200)),
  line1: text(200),
  line2: Type.Optional(text(200)),
  postalCode: text(20),
  city: text(100),
  region: Type.Optional(text(100)),
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
  phone: Type.Optional(text(40)),
});

/** Prices may come from the team: it is the team's own order. */
export const Manual = Type.Object({
  email: Email,
  customerId: Type.Optional(id),
  locale: Type.Optional(text(10)),
  shipTo: Type.Optional(Address),
  billTo: Type.Optional(Address),
  lines: Type.Array(
    Type.Object({
      variantId: Type.Optional(id),
      title: Type.Optional(someText(300)),
      quantity: Quantity,
      unitAmount: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
      taxClass: Type.Optional(someText(40)),
      requiresShipping: Type.Optional(Type.Boolean()),
      properties: Type.Optional(Type.Record(someText(100), text(1000))),
    }),
    { minItems: 1, maxItems: 500 },
  ),
  shipping: Type.Optional(
    Type.Object({ title: someText(200), amount: Type.Integer({ minimum: 0, maximum: 100_000_000 }) }),
  ),
  discountAmount: Type.Optional(Amount),
  paymentTitle: Type.Optional(text(200)),
  isPaid: Type.Optional(Type.Boolean()),
  note: Type.Optional(text(5000)),
  notify: Type.Optional(Type.Boolean()),
});

export const State = Type.Union(
  (
    ['pending', 'processing', 'partially_shipped', 'shipped', 'delivered', 'cancelled', 'refunded'] as const
  ).map((state) => Type.Literal(state)),
);
export const PaymentState = Type.Union(
  (['pending', 'authorised', 'paid', 'partially_refunded', 'refunded', 'failed', 'voided'] as const).map(
    (state) => Type.Literal(state),
  ),
);
