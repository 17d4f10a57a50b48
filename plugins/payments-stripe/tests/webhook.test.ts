import t from 'tap';
import { signed } from '../../../tests/support/fake-stripe/index.ts';
import type { StripeEvent } from '../../../tests/support/fake-stripe/webhooks.ts';
import { openShop } from './shop.ts';

t.test('events of Stripe', async (t) => {
  const shop = await openShop(t);
  const { anonymous, clock, find, hook, jobs, pay, settle, start, started, stripe, stores } = shop;
  const { webhooks } = stripe;

  t.beforeEach(() => void webhooks.lose());

  t.test('finish a payment whose browser never came back', async (t) => {
    const payment = await started('cart:1', 'pm_card_threeDSecure2Required');
    if (payment.next.kind !== 'redirect') throw new Error('no page');
    stripe.step(payment.next.url, true);
    t.ok((await webhooks.flush()).every((status) => status === 200));
    await jobs.drain();
    t.match(await find(payment.id), { state: 'authorised' });
  });

  t.test('may come twice, late and in any order', async (t) => {
    const { id } = await started('cart:2');
    await settle(id);
    await jobs.drain();
    await shop.refund(id, 'part', 500);
    await jobs.drain();
    const before = await find(id);

    t.ok((await webhooks.flush({ copies: 2, reversed: true })).every((status) => status === 200));
    await jobs.drain();

    t.same(await find(id), before);
    t.match(before, { state: 'partially_refunded', refundedAmount: 500 });
    const { body } = await shop.me.get(`${shop.api}/transactions?payment=${id}`);
    t.same(
      body.items.map(({ kind }: { kind: string }) => kind),
      ['refund', 'capture', 'authorise'],
    );
  });

  t.test('are not believed: a false amount, a false state or a false payment changes nothing', async (t) => {
    const payment = await started('cart:3', 'pm_card_threeDSecure2Required');
    const lies: ((object: Record<string, unknown>) => Record<string, unknown>)[] = [
      (object) => ({ ...object, status: 'succeeded', amount_received: 1 }),
      (object) => ({ ...object, status: 'succeeded', amount_received: 1999, currency: 'usd' }),
      (object) => ({ ...object, id: 'pi_of_nobody', status: 'succeeded', amount_received: 1999 }),
    ];
    for (const lie of lies) {
      const [event] = webhooks.waiting.slice(-1);
      const told = { ...event!, id: `evt_${lies.indexOf(lie)}`, data: { object: lie(event!.data.object) } };
      t.equal(await webhooks.deliver(told), 200);
    }
    await jobs.drain();
    t.match(await find(payment.id), { state: 'started' });
  });

  t.test('of the other mode are left alone', async (t) => {
    const payment = await started('cart:4', 'pm_card_threeDSecure2Required');
    if (payment.next.kind !== 'redirect') throw new Error('no page');
    stripe.step(payment.next.url, true);
    const statuses = await webhooks.flush({ alter: (event): StripeEvent => ({ ...event, livemode: true }) });
    await jobs.drain();
    t.ok(statuses.every((status) => status === 200));
    t.match(await find(payment.id), { state: 'started' });
  });

  t.test('are refused without a right and fresh signature', async (t) => {
    const event = { id: 'evt_1', object: 'event', livemode: false, data: { object: {} } };
    const send = ({ body, headers }: ReturnType<typeof signed>) => anonymous().post(hook, body, headers);
    const now = clock.now().getTime();
    const good = signed(event, 'whsec_fake', now);
    t.equal((await send(good)).status, 200);
    t.match(await send(signed(event, 'whsec_other', now)), { status: 400, body: { code: 'badSignature' } });
    t.equal((await send(signed(event, 'whsec_fake', now - 301_000))).status, 400);
    t.equal((await send({ ...good, body: good.body.replace('evt_1', 'evt_2') })).status, 400);
    t.equal((await anonymous().post(hook, good.body, { 'content-type': 'application/json' })).status, 400);
    const others = hook.replace(/\d+$/, String(stores.b.id));
    t.equal((await anonymous().post(others, good.body, good.headers)).status, 404);
    t.equal((await anonymous().post(hook.replace(/\d+$/, '999'), good.body, good.headers)).status, 404);
  });

  t.test('that come before the answer to the start find its payment', async (t) => {
    stripe.fail('POST /v1/payment_intents', { kind: 'hang', when: 'after' });
    stripe.fail('GET /v1/payment_intents', { kind: 'error', when: 'before' });
    t.match(await start('cart:5'), { refusal: 'providerDown' });
    await webhooks.flush();
    await jobs.drain();
    t.match(await pay(({ payments }) => payments.ofReference('cart:5')), { state: 'authorised' });
    t.same(stripe.money('cart:5'), { charges: 1, held: 1999, captured: 0, refunded: 0 });
  });

  t.test('that never come are made up for by a look after a quarter of an hour', async (t) => {
    const payment = await started('cart:6', 'pm_card_threeDSecure2Required');
    if (payment.next.kind !== 'redirect') throw new Error('no page');
    stripe.step(payment.next.url, true);
    webhooks.lose();
    clock.move(16 * 60_000);
    await jobs.drain();
    t.match(await find(payment.id), { state: 'authorised' });
  });

  t.test('of a page in another tab, paid after the buyer chose anew, give the money back', async (t) => {
    const old = await started('cart:7', 'pm_card_threeDSecure2Required');
    const url = old.next.kind === 'redirect' ? old.next.url : '';
    stripe.fail('POST /v1/payment_intents/:id/cancel', { kind: 'error', when: 'before' });
    await started('cart:7', 'pm_card_visa', 2500);
    stripe.step(url, true);
    await webhooks.flush();
    await shop.persist();
    t.match(await find(old.id), { state: 'cancelled' });
    t.same(stripe.money('cart:7'), { charges: 2, held: 2500, captured: 0, refunded: 0 });
  });

  t.test('tell of refunds that were made at Stripe itself', async (t) => {
    const { id } = await started('cart:8');
    await settle(id);
    await jobs.drain();
    const intent = stripe.intents().find(({ metadata }) => metadata.reference === 'cart:8')!;
    const made = await fetch(`${stripe.origin}/v1/refunds`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stripe.secretKey}` },
      body: new URLSearchParams({ payment_intent: intent.id, amount: '1500' }),
    });
    t.equal(made.status, 200);
    await webhooks.flush();
    await jobs.drain();
    t.match(await find(id), { state: 'partially_refunded', refundedAmount: 1500 });
    t.match(await shop.refund(id, 'more', 500), { refusal: 'tooMuch', details: { left: 499 } });
  });
});
