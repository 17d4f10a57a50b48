import type { Database, Id, Product } from 'kontor/sdk';
import { cardOf } from '../services/card.ts';
import { fold } from '../services/texts.ts';
import { wordsOf } from '../services/words.ts';
import { priceSteps } from './price-steps.ts';
import { WRITE } from './write-statement.ts';

/** A product as it becomes, and as it was. */
export type Written = { after: Product; before: Product | undefined };

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
