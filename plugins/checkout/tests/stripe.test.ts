import t from 'tap';
import { startFakeStripe } from '../../../tests/support/fake-stripe/index.ts';
import { openShop } from '../../../tests/support/shop.ts';
import { checkoutOf } from '../../../tests/support/purchase.ts';

t.test('buying with Stripe', async (t) => {
  const shop = await openShop(t, {
    plugins: ['admin', 'checkout', 'payments-stripe', 'inventory', 'mail'],
    until: 'control',
  });
  const stripe = await startFakeStripe(t, { now: () => shop.clock.now().getTime() });
  const boss = await shop.admin();
  await boss.patch('/api/admin/settings/payments-stripe', stripe.settings);
  const team = await shop.owner('a');
  const keys = { secretKey: stripe.secretKey, publishableKey: 'pk_test_fake', webhookSecret: 'whsec_fake' };
  const saved = await team.patch(`/api/stores/${shop.stores.a.handle}/payments/stripe/settings`, keys);
  t.equal(saved.status, 200);
  stripe.webhooks.sendTo({
    secret: keys.webhookSecret,
    to: ({ body, headers }) =>
      shop.anonymous().post(new URL(saved.body.webhookAddress).pathname, body, headers),
  });

  const orderOf = (cartId: number) => shop.inStore('a', 'orders', ({ orders }) => orders.byCart(cartId));
  async function atPayment() {
    const buyer = checkoutOf(await shop.buyer());
    await buyer.ready();
    const press = (paymentMethod: string) =>
      buyer.submit('/checkout/pay', {
        billing: 'same',
        method: 'stripe',
        note: '',
        expected: 2499,
        'details[stripe][paymentMethod]': paymentMethod,
      });
    return { ...buyer, press, money: () => stripe.money(`cart:${buyer.cartId}`) };
  }

  t.test('takes the money of a card once, with the order', async (t) => {
    const buyer = await atPayment();
    t.match((await buyer.press('pm_card_visa')).address, '/checkout/thank-you/');
    t.same(buyer.money(), { charges: 1, held: 2499, captured: 0, refunded: 0 });
    await shop.jobs.drain();
    t.same(buyer.money(), { charges: 1, held: 0, captured: 2499, refunded: 0 });
    t.match(await orderOf(buyer.cartId), { paymentState: 'paid' });
  });

  t.test('declines in the words of the bank, and takes the next card', async (t) => {
    const buyer = await atPayment();
    t.match((await buyer.press('pm_card_chargeDeclined')).body, 'Your card was declined.');
    t.match((await buyer.press('pm_card_visa')).address, '/checkout/thank-you/');
    await shop.jobs.drain();
    t.match(buyer.money(), { captured: 2499, refunded: 0 });
  });

  t.test('makes the order when the bank has agreed, whoever tells first', async (t) => {
    for (const isBrowserFirst of [true, false]) {
      const buyer = await atPayment();
      const asked = await buyer.ask(
        'POST',
        '/checkout/pay',
        {
          billing: 'same',
          method: 'stripe',
          note: '',
          expected: 2499,
          'details[stripe][paymentMethod]': 'pm_card_threeDSecure2Required',
        },
        true,
      );
      t.match(asked.location, `${stripe.origin}/3d_secure/`);
      t.match((await buyer.get('/checkout/return')).body, 'Your payment is being processed');
      const back = stripe.step(asked.location!, true);
      if (isBrowserFirst) t.match((await buyer.get(back)).address, '/checkout/thank-you/');
      t.ok((await stripe.webhooks.flush({ copies: 2, reversed: true })).every((status) => status === 200));
      await shop.jobs.drain();
      t.match((await buyer.get(back)).address, '/checkout/thank-you/');
      t.same(buyer.money(), { charges: 1, held: 0, captured: 2499, refunded: 0 });
      t.match(await orderOf(buyer.cartId), { paymentState: 'paid' });
    }
  });

  t.test('lets the money go when the last piece was sold meanwhile', async (t) => {
    const buyer = await atPayment();
    await buyer.pay({ method: 'stripe', expected: 2499, details: { paymentMethod: 'pm_card_visa' } });
    t.same(buyer.money(), { charges: 1, held: 2499, captured: 0, refunded: 0 });
    await shop.inStore('a', 'inventory', async ({ inventory, clock }) => {
      await inventory.release(`cart:${buyer.cartId}`);
      const level = (await inventory.levels([shop.mug])).get(shop.mug)!;
      await inventory.reserve({
        reference: `elsewhere:${clock.now().getTime()}`,
        lines: [{ variantId: shop.mug, quantity: level.available }],
      });
    });
    t.match(await buyer.complete(), { body: { code: 'refunded', details: { reason: 'outOfStock' } } });
    await shop.jobs.drain();
    t.same(buyer.money(), { charges: 1, held: 0, captured: 0, refunded: 0 });
    t.match((await buyer.get('/checkout')).body, 'Your payment is on its way back');
  });

  t.test('hands the card to the script of Stripe where our page asks for none', async (t) => {
    await shop.inStore('a', 'inventory', ({ inventory }) =>
      inventory.set([{ variantId: shop.mug, onHand: 5000 }], { reason: 'a test' }),
    );
    const buyer = await atPayment();
    const page = await buyer.submit('/checkout/pay', { billing: 'same', method: 'stripe', expected: 2499 });
    t.equal(page.status, 200);
    t.match(page.body, 'data-script="{&quot;module&quot;:&quot;/payments-stripe/checkout.js&quot;');
    t.match(page.body, "import * as detail from '/payments-stripe/checkout.js'");
    const policy = String(page.headers['content-security-policy']);
    t.match(policy, `script-src 'self' 'sha256-`);
    t.match(policy, `frame-src ${stripe.origin}`);
  });
});
