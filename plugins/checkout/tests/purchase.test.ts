import t from 'tap';
import { ADA, openShop } from '../../../tests/support/shop.ts';

t.test('a purchase', async (t) => {
  const shop = await openShop(t);
  const { inStore, jobs, stores } = shop;

  t.test('by API', async (t) => {
    const { json, cartId } = await shop.buyer([
      { variantId: shop.mug, quantity: 2 },
      { variantId: shop.lamp, quantity: 1 },
    ]);
    const first = await json('GET', '/api/shop/checkout');
    console.log(JSON.stringify(first.body, null, 1).slice(0, 3000));
    const kept = await json('PATCH', '/api/shop/checkout', { email: 'ada@example.lu', shipTo: ADA, billTo: 'same' });
    console.log(kept.status, JSON.stringify(kept.body?.missing ?? kept.body));
    const paid = await json('POST', '/api/shop/checkout/pay', { method: 'test-card', expected: kept.body.totals.total, details: { card: '4242424242424242' } });
    console.log(paid.status, JSON.stringify(paid.body));
    const done = await json('POST', '/api/shop/checkout/complete', {});
    console.log(done.status, JSON.stringify(done.body));
    await jobs.drain();
    console.log(JSON.stringify(await inStore('a', 'orders', ({ orders }) => orders.byCart(cartId))).slice(0, 500));
    console.log(await inStore('a', 'inventory', ({ inventory }) => inventory.levels([shop.mug, shop.lamp])));
    console.log(await inStore('a', 'mail', ({ mailer }) => mailer.list()));
    t.ok(stores);
  });
});
