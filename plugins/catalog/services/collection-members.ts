import type { CollectionRule, Cradle, Id } from 'kontor/sdk';
import { readFacts } from './collection-facts.ts';
import { fitsRules } from './collection-rules.ts';

/** A collection that fills itself. */
export type RuledCollection = {
  id: Id;
  rules: readonly CollectionRule[];
  match: 'all' | 'any';
};

/** Behind everything that was placed by hand. */
const BEHIND = 1_000_000_000;

/**
 * Puts products where the rules of all collections want them, in the caller's transaction: three statements for any number
 * of products, four when a rule asks for stock, one when no collection has rules.
 *
 * @param onlyStock - after a change of stock, collections without a rule about it are left alone
 */
export async function placeProducts(
  services: Cradle,
  productIds: readonly Id[],
  { onlyStock = false }: { onlyStock?: boolean } = {},
): Promise<void> {
  const { database, stores } = services;
  // The lock lets a change of rules wait for this product, or this product for the change.
  const ruled = await database.query<RuledCollection>(
    'select id, rules, match from catalog.collections where store_id = $1 and is_ruled order by id for share',
    [stores.current().id],
  );
  const asked = onlyStock ? ruled.filter(asksForStock) : ruled;
  if (asked.length > 0) await placeIn(services, { collections: asked, productIds });
}

/**
 * The same for one collection and the next of all products, which are locked meanwhile.
 *
 * @param after - the last product of the piece before; 0 to begin
 * @returns the last product of this piece, and whether there may be more
 */
export async function placePiece(
  services: Cradle,
  { collection, after, size }: { collection: RuledCollection; after: Id; size: number },
): Promise<{ last: Id; count: number; isFull: boolean }> {
  const { database, stores } = services;
  // Locked by a statement of its own, so that the next one sees what whoever held the lock has written.
  const rows = await database.query<{ id: Id }>(
    'select id from catalog.products where store_id = $1 and id > $2 order by id limit $3 for share',
    [stores.current().id, after, size],
  );
  const productIds = rows.map(({ id }) => id);
  if (productIds.length > 0) await placeIn(services, { collections: [collection], productIds });
  return { last: productIds.at(-1) ?? after, count: rows.length, isFull: rows.length === size };
}

/** What a rule put there and no rule wants goes; what is missing comes. What was placed by hand stays. */
export async function placeIn(
  services: Cradle,
  { collections, productIds }: { collections: readonly RuledCollection[]; productIds: readonly Id[] },
): Promise<void> {
  const { database, stores } = services;
  const facts = await readFacts(services, { productIds, needsStock: collections.some(asksForStock) });
  const wanted = collections.flatMap((collection) =>
    [...facts].flatMap(([productId, of]) =>
      fitsRules(of, collection) ? [{ collectionId: collection.id, productId }] : [],
    ),
  );
  await database.query(
    `with wanted as (
       select * from unnest($2::bigint[], $3::bigint[]) as w (collection_id, product_id)),
     gone as (
       delete from catalog.collection_products m
       where m.store_id = $1 and m.collection_id = any($4) and m.product_id = any($5) and not m.is_manual
         and not exists (select from wanted w
           where w.collection_id = m.collection_id and w.product_id = m.product_id))
     insert into catalog.collection_products (store_id, collection_id, product_id, position, is_manual)
     select $1, collection_id, product_id, $6, false from wanted order by collection_id, product_id
     on conflict (store_id, collection_id, product_id) do nothing`,
    [
      stores.current().id,
      wanted.map(({ collectionId }) => collectionId),
      wanted.map(({ productId }) => productId),
      collections.map(({ id }) => id),
      productIds,
      BEHIND,
    ],
  );
}

function asksForStock({ rules }: RuledCollection): boolean {
  return rules.some(({ field }) => field === 'stock');
}
