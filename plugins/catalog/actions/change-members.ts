import { type Cradle, type Id, ok, type Result, refused } from 'kontor/sdk';
import { placeIn, type RuledCollection } from '../services/collection-members.ts';

/** Places products by hand, behind those that were placed before; one that was there already comes to the end. */
export async function addToCollection(
  services: Cradle,
  { collectionId, productIds }: { collectionId: Id; productIds: readonly Id[] },
): Promise<Result<{ added: number }, 'notFound' | 'unknownProduct'>> {
  const { database, events, stores } = services;
  const storeId = stores.current().id;
  return database.transaction(async () => {
    if (!(await lock(services, collectionId))) return refused('notFound', { collectionId });
    const known = await database.query<{ id: Id }>(
      'select id from catalog.products where store_id = $1 and id = any($2)',
      [storeId, productIds],
    );
    const unknown = productIds.filter((id) => !known.some((product) => product.id === id));
    if (unknown.length > 0) return refused('unknownProduct', { productIds: unknown });
    const added = await database.query(
      `insert into catalog.collection_products (store_id, collection_id, product_id, position, is_manual)
       select $1, $2, w.product_id, w.position + (
         select coalesce(max(m.position), 0) from catalog.collection_products m
         where m.store_id = $1 and m.collection_id = $2 and m.is_manual), true
       from (select product_id, min(position) as position
         from unnest($3::bigint[]) with ordinality as u (product_id, position) group by product_id) w
       on conflict (store_id, collection_id, product_id) do update set position = excluded.position, is_manual = true
       returning product_id`,
      [storeId, collectionId, productIds],
    );
    await events.emit('catalog.collection_saved', { collectionId }, { entity: `collection:${collectionId}` });
    return ok({ added: added.length });
  });
}

/** Takes out what was placed by hand; where the rules want it, it stays, and is theirs. */
export async function takeFromCollection(
  services: Cradle,
  { collectionId, productId }: { collectionId: Id; productId: Id },
): Promise<Result<undefined, 'notFound'>> {
  const { database, events, stores } = services;
  return database.transaction(async () => {
    const collection = await lock(services, collectionId);
    const gone = await database.query(
      `delete from catalog.collection_products
       where store_id = $1 and collection_id = $2 and product_id = $3 and is_manual returning product_id`,
      [stores.current().id, collectionId, productId],
    );
    if (!collection || gone.length === 0) return refused('notFound', { collectionId, productId });
    if (collection.rules.length > 0)
      await placeIn(services, { collections: [collection], productIds: [productId] });
    await events.emit('catalog.collection_saved', { collectionId }, { entity: `collection:${collectionId}` });
    return ok();
  });
}

async function lock({ database, stores }: Cradle, id: Id): Promise<RuledCollection | undefined> {
  const [row] = await database.query<RuledCollection>(
    'select id, rules, match from catalog.collections where store_id = $1 and id = $2 for no key update',
    [stores.current().id, id],
  );
  return row;
}
