import { deepEqual } from 'node:assert/strict';
import fastify from 'fastify';
import { bareList, bareProduct } from './bare-catalog.ts';
import { withBarePool } from './bare-pg.ts';
import { putInStock } from './paid-carts.ts';
import { withKernel } from './world.ts';

/* A process of its own: the shop's API, and a bare Fastify that answers the same by one query over the same tables, one after
 * the other under the same load from outside. The bare one keeps no stores apart and knows no plugin. */

const PRODUCTS = 1000;
const what = process.argv[2] === 'list' ? 'list' : 'product';

const http = {
  host: '127.0.0.1',
  port: 0,
  platformDomain: 'localhost',
  platformOrigin: 'http://localhost:3000',
  trustedProxies: [],
  requestTimeout: 30_000,
};

await withKernel(
  { plugins: ['catalog', 'inventory'], until: 'control', config: { http } },
  async ({ inStore, kernel, stores }) => {
    const handles = Array.from({ length: PRODUCTS }, (_, at) => `thing-${at}`);
    const ids = await inStore('a', 'catalog', async ({ catalog }) => {
      await catalog.upsert(handles.map(thing));
      const made = await catalog.productsByHandle(handles);
      return made.flatMap(({ variants }) => variants.map(({ id }) => id));
    });
    await putInStock(inStore, 'a', ids);
    await withBarePool(kernel, { max: 10 }, async (pool) => {
      await pool.query('analyze');
      const bare = fastify();
      const storeId = stores.a.id;
      bare.get('/products', () => bareList(pool, storeId));
      bare.get('/products/:handle', ({ params }) =>
        bareProduct(pool, storeId, (params as { handle: string }).handle),
      );
      const path = what === 'list' ? '/products' : '/products/thing-500';
      const headers = { host: stores.a.host };
      const [mine, theirs] = await Promise.all([
        bare.inject(path),
        kernel.http.inject({ method: 'GET', url: `/api/shop${path}`, headers }),
      ]);
      deepEqual(mine.json(), JSON.parse(theirs.body));
      const { address } = await kernel.http.listen();
      process.send?.({
        bare: { url: `${await bare.listen({ host: '127.0.0.1', port: 0 })}${path}`, headers: {} },
        kernel: { url: `${address}/api/shop${path}`, headers },
      });
      await new Promise((resolve) => process.once('disconnect', resolve));
      await Promise.all([bare.close(), kernel.http.drain()]);
    });
  },
);

function thing(handle: string, at: number) {
  const words = 'A thing of good use, made by hand in a small house near the river. ';
  return {
    handle,
    title: `Thing of good use ${at}`,
    description: `<p>${words.repeat(12)}</p>`,
    vendor: `House ${at % 40}`,
    type: 'Thing',
    tags: ['useful', 'made by hand', `lot ${at % 30}`],
    state: 'active' as const,
    options: [{ name: 'Size', values: ['S', 'M', 'L'] }],
    variants: ['S', 'M', 'L'].map((size, place) => ({
      options: [size],
      sku: `T-${at}-${size}`,
      amount: 1000 + at + place,
      weightGrams: 300,
    })),
  };
}
