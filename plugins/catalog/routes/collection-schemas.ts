import { Type } from 'kontor/sdk';

const text = (maxLength: number) => Type.String({ maxLength });
const oneOf = <const Value extends string>(values: readonly Value[]) =>
  Type.Union(values.map((value) => Type.Literal(value)));

export const sorts = oneOf(['newest', 'oldest', 'title', '-title', 'price', '-price', 'position', 'updated']);

const rule = Type.Object({
  field: oneOf(['title', 'vendor', 'type', 'tag', 'amount', 'compareAt', 'weight', 'sku', 'stock']),
  relation: oneOf([
    'is',
    'isNot',
    'contains',
    'startsWith',
    'endsWith',
    'above',
    'below',
    'isSet',
    'isNotSet',
  ]),
  value: text(255),
});

const fields = {
  handle: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  description: Type.Optional(text(100_000)),
  pictureId: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  isPublished: Type.Optional(Type.Boolean()),
  sort: Type.Optional(sorts),
  rules: Type.Optional(Type.Array(rule, { maxItems: 60, description: 'none: filled by hand' })),
  match: Type.Optional(oneOf(['all', 'any'])),
  seo: Type.Optional(Type.Object({ title: text(255), description: text(1000) })),
  translations: Type.Optional(
    Type.Record(
      Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' }),
      Type.Object({
        title: Type.Optional(text(255)),
        description: Type.Optional(text(100_000)),
        handle: Type.Optional(text(120)),
      }),
      { description: 'texts by language' },
    ),
  ),
  productIds: Type.Optional(
    Type.Array(Type.Integer(), { maxItems: 5000, description: 'placed by hand, in this order' }),
  ),
};
const title = Type.String({ minLength: 1, maxLength: 255 });

export const newCollection = Type.Object({ title, ...fields });
export const collectionChange = Type.Object({
  title: Type.Optional(title),
  ...fields,
  version: Type.Optional(Type.Integer({ description: 'the one the change was made from' })),
});
export const byId = Type.Object({ id: Type.Integer() });
/** Keyset pages: `cursor` is the `next` of the answer before. */
export const page = {
  cursor: Type.Optional(Type.String({ maxLength: 1000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
};
