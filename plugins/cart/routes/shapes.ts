import { Type } from 'kontor/sdk';

const id = Type.Integer({ minimum: 1 });
const amount = Type.Integer();
// Neither NUL nor other control characters, which no form can send and no database keeps.
const NAME = '^[^\\u0000-\\u001f\\u007f]{1,100}$';
const text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' });
const texts = (maxProperties: number, maxLength: number) =>
  Type.Unsafe<Record<string, string>>({
    type: 'object',
    patternProperties: { [NAME]: text(maxLength) },
    additionalProperties: false,
    maxProperties,
  });

const properties = texts(20, 500);
export const LineId = Type.Object({ id });
export const Addition = Type.Object({
  variantId: id,
  quantity: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
  properties: Type.Optional(properties),
});
/** One line, or several under `lines`. */
export const Additions = Type.Object({
  variantId: Type.Optional(Addition.properties.variantId),
  quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  properties: Type.Optional(properties),
  lines: Type.Optional(Type.Array(Addition, { minItems: 1, maxItems: 100 })),
});
export const LineChange = Type.Object({
  quantity: Type.Integer({ minimum: 0, maximum: 100_000, description: '0 removes' }),
  properties: Type.Optional(properties),
});
export const CartChange = Type.Object({
  note: Type.Optional(text(5000)),
  attributes: Type.Optional(texts(50, 1000)),
  discountCodes: Type.Optional(Type.Array(text(100), { maxItems: 20 })),
  quantities: Type.Optional(
    Type.Unsafe<Record<string, number>>({
      type: 'object',
      description: 'by id of the line; 0 removes',
      patternProperties: { '^[1-9][0-9]{0,14}$': { type: 'integer', minimum: 0, maximum: 100_000 } },
      additionalProperties: false,
      maxProperties: 200,
    }),
  ),
});

const Named = Type.Record(Type.String(), Type.String());
const Line = Type.Object({
  id,
  variantId: id,
  productId: Type.Union([id, Type.Null()]),
  handle: Type.Union([Type.String(), Type.Null()]),
  title: Type.Union([Type.String(), Type.Null()]),
  variantTitle: Type.String(),
  sku: Type.String(),
  options: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  picture: Type.Unknown(),
  properties: Named,
  quantity: amount,
  unitAmount: amount,
  compareAtAmount: Type.Union([amount, Type.Null()]),
  subtotal: amount,
  discount: amount,
  total: amount,
});
/** A cart as a visitor sees it. */
export const CartAnswer = Type.Object({
  version: Type.Integer(),
  currency: Type.String(),
  itemCount: Type.Integer(),
  lines: Type.Array(Line),
  note: Type.String(),
  attributes: Named,
  discountCodes: Type.Array(Type.String()),
  refusedCodes: Type.Array(Type.Object({ code: Type.String(), reason: Type.String() })),
  discounts: Type.Array(Type.Object({ key: Type.String(), title: Type.String(), amount })),
  totals: Type.Object({
    taxIncluded: Type.Boolean(),
    subtotal: amount,
    discount: amount,
    net: amount,
    tax: amount,
    total: amount,
    taxes: Type.Array(Type.Object({ rateBps: Type.Integer(), net: amount, tax: amount })),
  }),
  requiresShipping: Type.Boolean(),
  weightGrams: amount,
  notices: Type.Array(
    Type.Object({ code: Type.String(), variantId: id, available: Type.Optional(Type.Integer()) }),
  ),
});
