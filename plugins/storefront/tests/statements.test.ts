import t, { type Test } from 'tap';
import type { Browser } from '../../../tests/support/browser.ts';
import { openShop } from '../../../tests/support/shop.ts';
import { logStatements } from '../../../tests/support/statement-log.ts';

t.test('statements of a page', async (t) => {
  const shop = await openShop(t, {
    plugins: ['storefront', 'shipping', 'inventory', 'search'],
    until: 'control',
  });
  const { inStore, jobs, mug } = shop;
  await inStore('a', 'storefront', ({ settings }) => settings.set({ plainPages: true }));
  await inStore('a', 'catalog', async ({ catalog }) => {
    await catalog.upsert(
      Array.from({ length: 30 }, (_, count) => ({
        handle: `bowl-${count}`,
        title: `Bowl ${count}`,
        state: 'active' as const,
        variants: [{ amount: 1000 + count, compareAtAmount: 2000 }],
      })),
    );
    const { id } = (await catalog.productByHandle('bowl-0'))!;
    await catalog.saveCollection({
      title: 'Bowls',
      handle: 'bowls',
      isPublished: true,
      productIds: [id],
      rules: [{ field: 'title', relation: 'contains', value: 'bowl' }],
    });
  });
  await jobs.drain();
  const logged = await logStatements(shop.kernel);
  // Connections that were ended for the log are found out by the first requests.
  for (let count = 0; count < 10; count += 1) await shop.visit().get('/collections/all');

  async function expectAtMost(t: Test, most: number, visitor: Browser, path: string) {
    await visitor.get(path);
    const { statements, value } = await logged(() => visitor.get(path));
    t.equal(value.status, 200);
    t.comment(`${path}: ${statements.length} of ${most}`);
    t.ok(statements.length > 0 && statements.length <= most, `${path}: ${statements.length}`);
    return value.body.match(/class="card"/g)?.length ?? 0;
  }

  t.test('a product, plain or reduced: 2', async (t) => {
    await expectAtMost(t, 2, shop.visit(), '/products/mug');
    await expectAtMost(t, 2, shop.visit(), '/products/bowl-1');
  });

  t.test('a list of 24 with price, picture and stock: 2, of a collection too', async (t) => {
    for (const path of ['/collections/all', '/collections/bowls', '/collections/bowls?sort=price']) {
      t.equal(await expectAtMost(t, 2, shop.visit(), path), 24);
    }
    t.equal(await expectAtMost(t, 3, shop.visit(), '/search?q=bowl'), 24);
  });

  t.test('a look at the cart comes on top: 3', async (t) => {
    const visitor = await shop.buyer([{ variantId: mug, quantity: 1 }]);
    await expectAtMost(t, 5, visitor, '/products/mug');
    await expectAtMost(t, 5, visitor, '/collections/all');
    await expectAtMost(t, 3, visitor, '/cart');
  });
});
