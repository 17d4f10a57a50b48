import type { Database, Id, Product } from 'kontor/sdk';
import { cardOf } from '../services/card.ts';
import { fold } from '../services/texts.ts';
import { wordsOf } from '../services/words.ts';
import { priceSteps } from './price-steps.ts';

/** A product as it becomes, and as it was. */
export type Written = { after: Product; before: Product | undefined };

const WRITE = `with
  product as (
    insert into catalog.products (store_id, id, version, changed_by, handle, state, publish_at, unpublish_at, document,
      variants, created_at, updated_at)
    select $1, id, version, $3, handle, state, publish_at, unpublish_at, document, variants, created_at, updated_at
    from jsonb_to_recordset($2) as r(id bigint, version integer, handle text, state text, publish_at timestamptz,
      unpublish_at timestamptz, document jsonb, variants jsonb, created_at timestamptz, updated_at timestamptz)
    on conflict (store_id, id) do update set version = excluded.version, changed_by = excluded.changed_by,
      handle = excluded.handle, state = excluded.state, publish_at = excluded.publish_at,
      unpublish_at = excluded.unpublish_at, document = excluded.document, variants = excluded.variants,
      updated_at = excluded.updated_at
    returning id),
  card as (
    insert into catalog.cards (store_id, product_id, kind, tax_class, state, publish_at, unpublish_at, vendor, type,
      title_key, currency, min_amount, max_amount, created_at, updated_at, card, texts)
    select $1, product_id, kind, tax_class, state, publish_at, unpublish_at, vendor, type, title_key, $4, min_amount,
      max_amount, created_at, updated_at, card, texts
    from jsonb_to_recordset($2) as r(product_id bigint, kind text, tax_class text, state text, publish_at timestamptz,
      unpublish_at timestamptz, vendor text, type text, title_key text, min_amount bigint, max_amount bigint,
      created_at timestamptz, updated_at timestamptz, card jsonb, texts jsonb)
    on conflict (store_id, product_id) do update set kind = excluded.kind, tax_class = excluded.tax_class,
      state = excluded.state, publish_at = excluded.publish_at, unpublish_at = excluded.unpublish_at,
      vendor = excluded.vendor, type = excluded.type, title_key = excluded.title_key, currency = excluded.currency,
      min_amount = excluded.min_amount, max_amount = excluded.max_amount, updated_at = excluded.updated_at,
      card = excluded.card, texts = excluded.texts
    returning product_id),
  variant as (
    insert into catalog.variants (store_id, id, product_id, sku, barcode, currency, amount, document, picture)
    select $1, id, product_id, sku, barcode, $4, amount, document, picture
    from jsonb_to_recordset($5) as r(id bigint, product_id bigint, sku text, barcode text, amount bigint, document jsonb,
      picture jsonb)
    on conflict (store_id, id) do update set sku = excluded.sku, barcode = excluded.barcode,
      currency = excluded.currency, amount = excluded.amount, document = excluded.document, picture = excluded.picture
    returning id),
  price as (
    insert into catalog.price_history (store_id, variant_id, currency, amount, changed_at)
    select $1, variant_id, currency, amount, changed_at
    from jsonb_to_recordset($6) as r(variant_id bigint, currency text, amount bigint, changed_at timestamptz)
    returning id),
  handle as (
    insert into catalog.handles (store_id, handle, product_id, is_current)
    select $1, value, id, true from jsonb_to_recordset($7) as r(id bigint, value text)
    on conflict (store_id, handle) do update set product_id = excluded.product_id, is_current = true
    returning handle),
  old_handle as (
    update catalog.handles h set is_current = false where h.store_id = $1 and h.product_id = any($11) and h.is_current
      and not exists (select from jsonb_to_recordset($7) as r(id bigint, value text) where r.value = h.handle)
    returning h.handle),
  tag as (
    insert into catalog.tags (store_id, tag, product_id)
    select $1, value, id from jsonb_to_recordset($8) as r(id bigint, value text) on conflict do nothing returning tag),
  old_tag as (
    delete from catalog.tags t where t.store_id = $1 and t.product_id = any($11) and not exists (
      select from jsonb_to_recordset($8) as r(id bigint, value text) where r.id = t.product_id and r.value = t.tag)
    returning t.tag),
  word as (
    insert into catalog.words (store_id, word, product_id)
    select $1, value, id from jsonb_to_recordset($9) as r(id bigint, value text) on conflict do nothing returning word),
  old_word as (
    delete from catalog.words w where w.store_id = $1 and w.product_id = any($11) and not exists (
      select from jsonb_to_recordset($9) as r(id bigint, value text) where r.id = w.product_id and r.value = w.word)
    returning w.word),
  picture as (
    insert into catalog.pictures (store_id, media_id, product_id)
    select $1, value, id from jsonb_to_recordset($10) as r(id bigint, value bigint) on conflict do nothing
    returning media_id),
  old_picture as (
    delete from catalog.pictures i where i.store_id = $1 and i.product_id = any($11) and not exists (
      select from jsonb_to_recordset($10) as r(id bigint, value bigint) where r.id = i.product_id and r.value = i.media_id)
    returning i.media_id)
  select count(*) as written from product`;

/**
 * Writes products and all that is kept ready of them: two statements for any number, three when SKUs move or variants go.
 *
 * @param changedBy - who did, as people are told when their changes meet
 */
export async function writeProducts(
  { database, storeId }: { database: Database; storeId: Id },
  { products, changedBy, currency }: { products: readonly Written[]; changedBy: string; currency: string },
): Promise<void> {
  await makeRoom({ database, storeId }, products);
  const known = products.filter(({ before }) => before !== undefined);
  await database.query(WRITE, [
    storeId,
    JSON.stringify(products.map(({ after }) => productRow(after))),
    changedBy,
    currency,
    JSON.stringify(products.flatMap(changedVariants)),
    JSON.stringify(products.flatMap((one) => priceSteps(one, currency))),
    pairs(products, handlesOf),
    pairs(products, ({ tags }) => tags.map(fold)),
    pairs(products, wordsOf),
    pairs(products, ({ pictures }) => pictures.map(({ mediaId }) => mediaId)),
    known.map(({ after }) => after.id),
  ]);
}

/** The addresses a product is found at: its own, and those of its languages. */
export function handlesOf({ handle, translations }: Pick<Product, 'handle' | 'translations'>): string[] {
  return [
    ...new Set([
      handle,
      ...Object.values(translations).flatMap((texts) => (texts.handle ? [texts.handle] : [])),
    ]),
  ];
}

/** Variants that go, and SKUs that others may get: a unique key is judged row by row, so these are out of the way before. */
async function makeRoom(
  { database, storeId }: { database: Database; storeId: Id },
  products: readonly Written[],
): Promise<void> {
  const gone: Id[] = [];
  const moved: Id[] = [];
  for (const { before, after } of products) {
    const now = new Map(after.variants.map(({ id, sku }) => [id, sku]));
    for (const { id, sku } of before?.variants ?? []) {
      if (!now.has(id)) gone.push(id);
      else if (sku !== '' && now.get(id) !== sku) moved.push(id);
    }
  }
  if (gone.length + moved.length === 0) return;
  await database.query(
    `with gone as (delete from catalog.variants where store_id = $1 and id = any($2) returning id)
     update catalog.variants set sku = '' where store_id = $1 and id = any($3) returning id`,
    [storeId, gone, moved],
  );
}

function productRow(product: Product) {
  const { id, version, handle, state, publishAt, unpublishAt, createdAt, updatedAt, variants, ...others } =
    product;
  const { collectionIds: _, ...document } = others;
  return {
    id,
    version,
    handle,
    state,
    publish_at: publishAt,
    unpublish_at: unpublishAt,
    document,
    variants,
    created_at: createdAt,
    updated_at: updatedAt,
    ...cardOf(product),
  };
}

/** Rows of variants that are new or other than before, or show another picture. */
function changedVariants({ after, before }: Written) {
  const old = new Map((before ? variantRows(before) : []).map((row) => [row.id, JSON.stringify(row)]));
  return variantRows(after).filter((row) => old.get(row.id) !== JSON.stringify(row));
}

function variantRows({ id: product_id, variants, pictures }: Product) {
  return variants.map(({ id, ...document }) => ({
    id,
    product_id,
    sku: document.sku,
    barcode: document.barcode,
    amount: document.amount,
    document,
    picture: pictures.find(({ mediaId }) => mediaId === document.pictureId) ?? pictures[0] ?? null,
  }));
}

function pairs(
  products: readonly Written[],
  valuesOf: (product: Product) => readonly (string | number)[],
): string {
  return JSON.stringify(
    products.flatMap(({ after }) => [...new Set(valuesOf(after))].map((value) => ({ id: after.id, value }))),
  );
}
