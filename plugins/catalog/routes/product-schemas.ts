import { type ProductInput, type Static, Type } from 'kontor/sdk';

const text = (maxLength: number) => Type.String({ maxLength });
const line = text(255);
const html = text(200_000);
const oneOf = <const Value extends string>(values: readonly Value[]) =>
  Type.Union(values.map((value) => Type.Literal(value)));
const orNull = <Schema extends import('kontor/sdk').TSchema>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const optional = Type.Optional;
const id = Type.Integer({ minimum: 1 });
// Without leap seconds and the years that only one of us knows.
const time = orNull(
  Type.String({ format: 'date-time', pattern: '^[12]\\d{3}-\\d\\d-\\d\\d.\\d\\d:\\d\\d:[0-5]' }),
);

/** Minor units; nothing of a thousand million costs more. */
export const MOST_AMOUNT = 100_000_000_000;
export const amount = Type.Integer({ minimum: 0, maximum: MOST_AMOUNT, description: 'whole minor units' });
export const states = oneOf(['draft', 'active', 'archived']);
const currency = Type.String({ pattern: '^[A-Z]{3}$' });

const price = Type.Object({
  currency,
  group: text(60),
  minQuantity: Type.Integer({ minimum: 1, maximum: 100_000 }),
  amount,
  compareAtAmount: orNull(amount),
});

const unit = Type.Object({
  quantity: Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000 }),
  unit: oneOf(['mg', 'g', 'kg', 'ml', 'cl', 'l', 'm3', 'mm', 'cm', 'm', 'm2', 'piece']),
  reference: Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000 }),
});

const variant = Type.Object({
  id: optional(id),
  options: optional(Type.Array(line, { maxItems: 3 })),
  sku: optional(line),
  barcode: optional(text(40)),
  mpn: optional(line),
  amount,
  compareAtAmount: optional(orNull(amount)),
  costAmount: optional(orNull(amount)),
  weightGrams: optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
  requiresShipping: optional(Type.Boolean()),
  pictureId: optional(orNull(id)),
  unit: optional(orNull(unit)),
  prices: optional(Type.Array(price, { maxItems: 200 })),
});

const seo = Type.Object({ title: optional(line), description: optional(text(1000)) });
const option = Type.Object({ name: line, values: optional(Type.Array(line, { maxItems: 2000 })) });

const texts = Type.Object({
  title: optional(line),
  description: optional(html),
  seo: optional(seo),
  handle: optional(text(200)),
  options: optional(
    Type.Array(Type.Object({ name: line, values: Type.Array(line, { maxItems: 2000 }) }), { maxItems: 3 }),
  ),
});

const fields = {
  handle: optional(text(200)),
  kind: optional(oneOf(['physical', 'digital', 'service', 'bundle'])),
  state: optional(states),
  publishAt: optional(time),
  unpublishAt: optional(time),
  description: optional(html),
  vendor: optional(line),
  type: optional(line),
  tags: optional(Type.Array(line, { maxItems: 250 })),
  taxClass: optional(Type.String({ pattern: '^[a-z][a-z_]{0,39}$' })),
  seo: optional(seo),
  safety: optional(
    Type.Object({
      manufacturer: optional(text(2000)),
      responsible: optional(text(2000)),
      warnings: optional(text(5000)),
    }),
  ),
  options: optional(Type.Array(option, { maxItems: 3 })),
  variants: optional(Type.Array(variant, { minItems: 1, description: '2,000 at most' })),
  pictureIds: optional(Type.Array(id, { maxItems: 250, description: 'of the media library, in order' })),
  translations: optional(
    Type.Record(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' }), texts, {
      description: 'texts by language; an empty text takes it away, one left out stays',
    }),
  ),
};
const title = Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' });

export const newProduct = Type.Object({ title, ...fields });
export const productChange = Type.Object({
  title: optional(title),
  ...fields,
  version: optional(Type.Integer({ description: 'the one the change was made from' })),
});
export const byId = Type.Object({ id });

/** What a list may be narrowed to. */
export const filters = {
  vendor: optional(line),
  type: optional(line),
  tag: optional(line),
  minAmount: optional(amount),
  maxAmount: optional(amount),
  text: optional(
    Type.String({ maxLength: 255, description: 'words of title, SKU and barcode, by their beginnings' }),
  ),
  collectionId: optional(id),
};

/** A body as the service takes it: its times are moments. */
export function inputOf<Body extends Static<typeof newProduct> | Static<typeof productChange>>(
  body: Body,
): Body & Pick<ProductInput, 'publishAt' | 'unpublishAt'> {
  const { publishAt, unpublishAt, ...others } = body;
  return {
    ...others,
    ...(publishAt === undefined ? {} : { publishAt: publishAt === null ? null : new Date(publishAt) }),
    ...(unpublishAt === undefined
      ? {}
      : { unpublishAt: unpublishAt === null ? null : new Date(unpublishAt) }),
  } as Body & Pick<ProductInput, 'publishAt' | 'unpublishAt'>;
}
