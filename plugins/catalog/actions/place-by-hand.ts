import type { Cradle, Id } from 'kontor/sdk';
import { placeIn, type RuledCollection } from '../services/collection-members.ts';

/**
 * Puts products into a collection, in this order, before those that its rules bring. Whoever was placed before and is not
 * named goes, unless the rules want it.
 */
export async function placeByHand(
  services: Cradle,
  { collection, productIds }: { collection: RuledCollection; productIds: readonly Id[] },
): Promise<void> {
  const { database, stores } = services;
  const rows = await database.query<{ product_id: Id }>(
    `with wanted as (
       select product_id, min(position) as position from unnest($3::bigint[]) with ordinality as w (product_id, position)
       group by product_id),
     gone as (
       delete from catalog.collection_products m
       where m.store_id = $1 and m.collection_id = $2 and m.is_manual and m.product_id <> all($3) returning m.product_id),
     placed as (
       insert into catalog.collection_products (store_id, collection_id, product_id, position, is_manual)
       select $1, $2, product_id, position, true from wanted
       on conflict (store_id, collection_id, product_id) do update set position = excluded.position, is_manual = true)
     select product_id from gone`,
    [stores.current().id, collection.id, productIds],
  );
  if (rows.length === 0 || collection.rules.length === 0) return;
  await placeIn(services, { collections: [collection], productIds: rows.map((row) => row.product_id) });
}
