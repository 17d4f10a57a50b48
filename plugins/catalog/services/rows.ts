import type { Id, Product, ProductState, Variant } from 'kontor/sdk';

/** What a product's row holds as one piece. */
export type ProductDocument = Omit<
  Product,
  | 'id'
  | 'version'
  | 'handle'
  | 'state'
  | 'publishAt'
  | 'unpublishAt'
  | 'variants'
  | 'collectionIds'
  | 'createdAt'
  | 'updatedAt'
>;

export type ProductRow = {
  id: Id;
  version: number;
  changed_by: string;
  handle: string;
  state: ProductState;
  publish_at: Date | null;
  unpublish_at: Date | null;
  document: ProductDocument;
  variants: Variant[];
  created_at: Date;
  updated_at: Date;
  collection_ids: Id[];
};

/** Columns of a product `p`; $1 is the store. */
export const PRODUCT = `p.id, p.version, p.changed_by, p.handle, p.state, p.publish_at, p.unpublish_at, p.document,
  p.variants, p.created_at, p.updated_at, (
    select coalesce(jsonb_agg(m.collection_id order by m.collection_id), '[]') from catalog.collection_products m
    where m.store_id = $1 and m.product_id = p.id) as collection_ids`;

/** What a visitor sees at $2, of a product or card `p`. */
export const VISIBLE = `p.state = 'active' and p.publish_at <= $2 and (p.unpublish_at is null or p.unpublish_at > $2)`;

export function productOf(row: ProductRow): Product {
  return {
    id: row.id,
    version: row.version,
    handle: row.handle,
    state: row.state,
    publishAt: row.publish_at,
    unpublishAt: row.unpublish_at,
    ...row.document,
    variants: row.variants,
    collectionIds: row.collection_ids,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Whether a visitor sees it now; what `VISIBLE` says in SQL. */
export function isVisible(
  { state, publishAt, unpublishAt }: Pick<Product, 'state' | 'publishAt' | 'unpublishAt'>,
  now: Date,
): boolean {
  return (
    state === 'active' &&
    publishAt !== null &&
    publishAt <= now &&
    (unpublishAt === null || unpublishAt > now)
  );
}
