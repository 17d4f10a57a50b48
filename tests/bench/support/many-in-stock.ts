import type { TestKernel } from 'kontor/sdk/testing';
import { withBarePg } from './bare-pg.ts';
import { writeManyProducts } from './many-products.ts';
import { letDeliver, putInStock } from './paid-carts.ts';

/** A store `a` that sells so many products, each in stock and found by its handle. Their variants have the ids from 1. */
export async function openLarge(world: TestKernel, { products }: { products: number }): Promise<void> {
  const { id: storeId } = world.stores.a;
  await letDeliver(world);
  await withBarePg(world.kernel, async (client) => {
    await client.query('set session_replication_role = replica'); // no key is asked: all of it is made to fit
    await writeManyProducts(client, { storeId, count: products });
    await client.query(
      `insert into catalog.handles (store_id, handle, product_id, is_current)
       select store_id, handle, id, true from catalog.products where store_id = $1`,
      [storeId],
    );
    await putInStock(world.inStore, 'a', [1]);
    for (const table of ['items', 'levels']) {
      const { rows } = await client.query(
        `select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
         where table_schema = 'inventory' and table_name = $1 and column_name not in ('store_id', 'variant_id')`,
        [table],
      );
      const { names } = rows[0];
      await client.query(
        `insert into inventory.${table} (store_id, variant_id, ${names})
         select $1, more.id, ${names} from inventory.${table}, generate_series(2, $2::bigint) as more (id)
         where store_id = $1 and variant_id = 1`,
        [storeId, products],
      );
    }
    await client.query('vacuum analyze');
  });
}
