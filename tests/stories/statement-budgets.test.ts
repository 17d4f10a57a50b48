import t, { type Test } from 'tap';
import type { Browser } from '../support/browser.ts';
import { ADA, openShop } from '../support/shop.ts';
import { type Logged, logStatements } from '../support/statement-log.ts';

/* Counted in PostgreSQL's log, begin and commit too. The `set_config` that carries the store goes in one flight with each
 * statement; it is counted apart, and there is at most one for each. Nothing is warm but what one request before has warmed. */

t.test('statements of a visit', async (t) => {
  const shop = await openShop(t, {
    plugins: ['checkout', 'payments-manual', 'inventory', 'mail', 'search'],
    until: 'control', // nothing else runs meanwhile
  });
  const { inStore, jobs, lamp, mug } = shop;
  await inStore('a', 'catalog', ({ catalog }) =>
    catalog.upsert(
      Array.from({ length: 30 }, (_, count) => ({
        handle: `bowl-${count}`,
        title: `Bowl ${count}`,
        state: 'active' as const,
        variants: [{ amount: 1000 + count }],
      })),
    ),
  );
  await jobs.drain();
  const logged = await logStatements(shop.kernel);

  /** Does it once to warm up, and once more under the log. */
  async function measure(work: () => Promise<{ status: number }>): Promise<Logged> {
    const first = await work();
    const second = await logged(work);
    const statuses = [first.status, second.value.status];
    if (statuses.some((status) => status !== 200)) throw new Error(`Expected 200 twice, got ${statuses}`);
    return second;
  }

  function expectAtMost(t: Test, most: number, { statements, scopes }: Logged) {
    t.comment(`${statements.length} statements of ${most}, ${scopes} with a store`);
    t.ok(statements.length > 0 && statements.length <= most, statements.join('\n'));
    t.ok(scopes <= statements.length);
  }

  t.test('a product: 2', async (t) => {
    const visitor = shop.visit();
    expectAtMost(t, 2, await measure(() => visitor.json('GET', '/api/shop/products/mug')));
  });

  t.test('a list of 24 with price, picture and stock: 2', async (t) => {
    const visitor = shop.visit();
    const list = () => visitor.json('GET', '/api/shop/products?limit=24');
    t.equal((await list()).body.items.length, 24);
    expectAtMost(t, 2, await measure(list));
  });

  t.test('a search: 2', async (t) => {
    const visitor = shop.visit();
    const search = () => visitor.json('GET', '/api/shop/search?q=bowl&limit=24');
    t.equal((await search()).body.items.length, 24);
    expectAtMost(t, 2, await measure(search));
  });

  t.test('a line into a cart: 6', async (t) => {
    const { json } = await shop.buyer([{ variantId: mug, quantity: 1 }]);
    const add = () => json('POST', '/api/shop/cart/lines', { variantId: lamp, quantity: 1 });
    expectAtMost(t, 6, await measure(add));
  });

  t.test('the whole completion of an order of two lines: 30', async (t) => {
    const paid: Browser['json'][] = [];
    for (let count = 0; count < 2; count += 1) {
      const { json } = await shop.buyer([
        { variantId: mug, quantity: 2 },
        { variantId: lamp, quantity: 1 },
      ]);
      await json('PATCH', '/api/shop/checkout', { email: 'ada@example.lu', shipTo: ADA });
      const body = { method: 'test-card', expected: 8998, details: { card: '4242424242424242' } };
      t.equal((await json('POST', '/api/shop/checkout/pay', body)).status, 200);
      paid.push(json);
    }
    const completion = await measure(() => paid.shift()!('POST', '/api/shop/checkout/complete', {}));
    t.ok(completion.statements.some((text) => text.includes('insert into orders.orders')));
    expectAtMost(t, 30, completion);
  });
});
