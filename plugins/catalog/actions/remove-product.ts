import { type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { lockProducts } from './load-for-change.ts';

/** Removes a product with all that is kept of it. Orders have their own copy of what was bought. */
export async function removeProduct(
  { database, events, features, stores }: Pick<Cradle, 'database' | 'events' | 'features' | 'stores'>,
  id: Id,
): Promise<Result<undefined, 'notFound'>> {
  const storeId = stores.current().id;
  return database.transaction(async () => {
    await lockProducts({ database, storeId });
    const gone = await database.query(
      `with words as (delete from catalog.words where store_id = $1 and product_id = $2 returning word)
       delete from catalog.products where store_id = $1 and id = $2 returning id`,
      [storeId, id],
    );
    if (gone.length === 0) return refused('notFound', { productId: id });
    await features.release('catalog.products');
    await events.emit('catalog.product_removed', { productId: id }, { entity: `product:${id}` });
    return ok();
  });
}
