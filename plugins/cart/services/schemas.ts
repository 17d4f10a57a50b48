import { Type } from 'kontor/sdk';

const closed = { additionalProperties: false } as const;
const id = Type.Integer({ minimum: 1 });
const amount = (maximum: number) => Type.Integer({ minimum: 0, maximum });

const discount = (kinds: readonly string[], most: number) =>
  Type.Object(
    {
      key: Type.String({ minLength: 1, maxLength: 200 }),
      title: Type.String({ maxLength: 500 }),
      kind: Type.Union(kinds.map((kind) => Type.Literal(kind))),
      value: amount(most),
      lines: Type.Optional(Type.Array(Type.String())),
    },
    closed,
  );

/** What every answer of a handler is held to; a wrong one is set aside, and what stood before it stands. */
export const AdjustmentsSchema = Type.Object(
  {
    cart: Type.Object(
      {
        id,
        currency: Type.String(),
        customerId: Type.Union([id, Type.Null()]),
        codes: Type.Array(Type.String()),
        lines: Type.Array(
          Type.Object(
            {
              key: Type.String(),
              variantId: id,
              productId: id,
              quantity: amount(Number.MAX_SAFE_INTEGER),
              unitAmount: amount(Number.MAX_SAFE_INTEGER),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    discounts: Type.Array(
      Type.Union([discount(['percent', 'shipping'], 10_000), discount(['amount'], Number.MAX_SAFE_INTEGER)]),
      { maxItems: 200 },
    ),
    refusedCodes: Type.Array(Type.Object({ code: Type.String(), reason: Type.String() }, closed), {
      maxItems: 200,
    }),
  },
  closed,
);

export const AdditionSchema = Type.Object({
  cartId: Type.Union([id, Type.Null()]),
  variantId: id,
  quantity: Type.Integer({ minimum: 1 }),
  customerId: Type.Union([id, Type.Null()]),
});
