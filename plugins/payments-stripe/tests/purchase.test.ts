import t from 'tap';
import { openShop, RETURN } from './shop.ts';

t.test('paying with Stripe', async (t) => {
  const shop = await openShop(t);
  const { find, jobs, pay, persist, refund, settle, start, started, stripe } = shop;

  t.test('holds the money, takes it with the order, gives it back in parts to exactly nothing', async (t) => {
    const payment = await started('cart:1');
    t.match(payment, { state: 'authorised', isTest: true, next: { kind: 'none' } });
    t.same(stripe.money('cart:1'), { charges: 1, held: 1999, captured: 0, refunded: 0 });
    await settle(payment.id);
    await jobs.drain();
    t.match(await find(payment.id), { state: 'captured', capturedAmount: 1999, orderId: 7 });
    for (const [key, amount] of Object.entries({ one: 1, two: 998, three: 1000 }))
      await refund(payment.id, key, amount);
    t.match(await refund(payment.id, 'four', 1), { refusal: 'tooMuch', details: { left: 0 } });
    await jobs.drain();
    t.match(await find(payment.id), { state: 'refunded', refundedAmount: 1999 });
    t.same(stripe.money('cart:1'), { charges: 1, held: 0, captured: 1999, refunded: 1999 });
  });

  t.test('declines in the words of the bank, and takes the next card', async (t) => {
    t.match(await start('cart:2', 'pm_card_chargeDeclined'), {
      refusal: 'declined',
      details: { message: 'Your card was declined.' },
    });
    t.match(await start('cart:2', 'pm_card_visa_chargeDeclinedInsufficientFunds'), {
      details: { message: 'Your card has insufficient funds.' },
    });
    t.match(await start('cart:2', 'pm_none'), {
      details: { message: 'This payment cannot be made in this way.' },
    });
    t.match(await started('cart:2'), { state: 'authorised' });
    t.same(stripe.money('cart:2'), { charges: 1, held: 1999, captured: 0, refunded: 0 });
  });

  t.test('sends the buyer to the page of the bank, and believes Stripe only', async (t) => {
    const payment = await started('cart:3', 'pm_card_threeDSecure2Required');
    if (payment.next.kind !== 'redirect') throw new Error('no page');
    t.match(await started('cart:3', 'pm_card_threeDSecure2Required'), { id: payment.id, next: payment.next });
    const back = stripe.step(payment.next.url, true);
    t.ok(back.startsWith(`${RETURN}?payment_intent=pi_`));
    t.match(await find(payment.id), { state: 'started' }, 'an address in a browser proves nothing');
    t.match(await pay(({ payments }) => payments.refresh(payment.id)), { value: { state: 'authorised' } });
  });

  t.test('tells a buyer who failed at the bank, and lets them try again', async (t) => {
    const payment = await started('cart:4', 'pm_card_threeDSecure2Required');
    if (payment.next.kind !== 'redirect') throw new Error('no page');
    stripe.step(payment.next.url, false);
    t.match(await pay(({ payments }) => payments.refresh(payment.id)), {
      value: { state: 'failed', error: 'We are unable to authenticate your payment method.' },
    });
    t.match(await started('cart:4'), { state: 'authorised' });
  });

  t.test('hands the page what it needs when no card was named', async (t) => {
    const payment = await started('cart:5', '');
    const [intent] = stripe.intents().filter(({ metadata }) => metadata.reference === 'cart:5');
    t.same(payment.next, {
      kind: 'script',
      data: {
        module: '/payments-stripe/checkout.js',
        scriptUrl: `${stripe.origin}/stripe.js`,
        publishableKey: 'pk_test_fake',
        clientSecret: intent!.client_secret,
        returnUrl: RETURN,
        action: 'pay',
      },
    });
    const script = await shop.anonymous('a').get('/payments-stripe/checkout.js');
    t.match(script, {
      status: 200,
      headers: { 'content-type': /javascript/ },
      body: /export async function mount/,
    });
  });

  t.test('gives two clicks one charge', async (t) => {
    const both = await Promise.all([start('cart:6'), start('cart:6')]);
    const again = await started('cart:6');
    t.ok(both.some(({ ok }) => ok));
    t.match(again, { state: 'authorised' });
    t.same(stripe.money('cart:6'), { charges: 1, held: 1999, captured: 0, refunded: 0 });
  });

  t.test('refunds what was captured when an order is given back', async (t) => {
    const { id } = await started('cart:7');
    await settle(id);
    await jobs.drain();
    await pay(({ payments }) => payments.giveBack(id, 'sold out'));
    await persist(1);
    t.match(await find(id), { state: 'refunded' });
    t.same(stripe.money('cart:7'), { charges: 1, held: 0, captured: 1999, refunded: 1999 });
  });

  t.test('follows refunds that take days, to either end', async (t) => {
    const { id } = await started('cart:8');
    await settle(id);
    await jobs.drain();
    stripe.makeRefunds('pending');
    await refund(id, 'slow', 500);
    await refund(id, 'lost', 600);
    await jobs.drain();
    stripe.makeRefunds('succeeded');
    t.match(await find(id), { state: 'captured', refundedAmount: 0 });
    t.match(await refund(id, 'more', 900), { refusal: 'tooMuch', details: { left: 899 } });
    const [lost, slow] = stripe
      .refunds()
      .slice(-2)
      .toSorted((one, other) => other.amount - one.amount);
    stripe.settleRefund(slow!.id, 'succeeded');
    stripe.settleRefund(lost!.id, 'failed');
    await pay(({ payments }) => payments.refresh(id));
    t.match(await find(id), { state: 'partially_refunded', refundedAmount: 500 });
    t.match(await refund(id, 'more', 1499), { ok: true });
  });

  t.test('tests the connection in words that help', async (t) => {
    const test = () => shop.me.post(`${shop.api}/providers/stripe/test`);
    t.match(await test(), { status: 200, body: { state: 'ok' } });
    await shop.me.patch(`${shop.api}/stripe/settings`, { secretKey: 'sk_test_wrong' });
    t.match(await test(), { status: 422, body: { code: 'rejected' } });
    await shop.boss.patch('/api/admin/settings/payments-stripe', { port: 1 });
    t.match(await test(), { status: 422, body: { code: 'unreachable' } });
    await shop.me.patch(`${shop.api}/stripe/settings`, { secretKey: null });
    t.match(await test(), { status: 422, body: { code: 'notConfigured' } });
  });
});

t.test('takes money at once where the store wants that', async (t) => {
  const { find, started, stripe } = await openShop(t, { capture: 'automatic' });
  const payment = await started('cart:1');
  t.match(await find(payment.id), { state: 'captured', capturedAmount: 1999 });
  t.same(stripe.money('cart:1'), { charges: 1, held: 0, captured: 1999, refunded: 0 });
});

t.test('keeps the keys of a store, and the place of Stripe from every store', async (t) => {
  const { api, hook, inStore, me, member, owner, stores } = await openShop(t);
  const settings = `${api}/stripe/settings`;
  const { body } = await me.get(settings);
  t.same(body, {
    values: { publishableKey: 'pk_test_fake', capture: 'manual', secretKey: null, webhookSecret: null },
    ...{ hasSecretKey: true, hasWebhookSecret: true, mode: 'test' },
    webhookAddress: `http://localhost:3000${hook}`,
  });
  t.match(await me.patch(settings, { publishableKey: 'pk_live_x' }), {
    status: 422,
    body: { code: 'mixedKeys' },
  });
  t.match(await me.patch(settings, { secretKey: 'hello' }), { status: 422, body: { code: 'invalid' } });
  t.equal((await me.patch(settings, { host: 'evil.example' })).status, 422);
  const changes: Record<string, string | number>[] = [
    { host: 'evil.example' },
    { protocol: 'http' },
    { port: 81 },
    { scriptUrl: 'https://evil.example/' },
  ];
  for (const change of changes)
    t.match(await inStore('a', 'payments-stripe', (its) => its.settings.set(change)), { refusal: 'invalid' });
  t.equal((await (await member('a', 'read-only')).patch(settings, { capture: 'manual' })).status, 403);
  t.equal((await (await owner('b')).get(settings)).status, 404);
  t.match((await (await owner('b')).get(`/api/stores/${stores.b.handle}/payments/stripe/settings`)).body, {
    hasSecretKey: false,
    mode: null,
  });
});
