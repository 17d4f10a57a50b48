import type { Cradle, Id } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import t from 'tap';

const GOOD = '4242 4242 4242 4242';
const eur = (amount: number) => ({ amount, currency: 'EUR' });

t.test('the test gateway', async (t) => {
  const world = await startTestKernel(t, { plugins: ['payments', new URL('..', import.meta.url)] });
  const { anonymous, clock, inStore, jobs, owner, stores } = world;
  const pay = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'payments', work);
  const start = (reference: string, card: string, amount = 1999) =>
    pay(({ payments }) =>
      payments.start({
        reference,
        method: 'test-card',
        amount: eur(amount),
        email: 'ada@example.lu',
        returnUrl: 'http://store-a.localhost:3000/checkout/return',
        locale: 'en',
        details: { card },
      }),
    );
  const find = (id: Id) => pay(({ payments }) => payments.find(id));
  const ledger = async (id: Id) => {
    const me = await owner('a');
    const { body } = await me.get(`/api/stores/${stores.a.handle}/payments/transactions?payment=${id}`);
    return body.items.map((item: { kind: string; outcome: string; amount: number }) => [
      item.kind,
      item.outcome,
      item.amount,
    ]);
  };

  t.test(
    'authorises a good card, captures with the order, refunds in parts to exactly nothing',
    async (t) => {
      const started = await start('cart:1', GOOD);
      if (!started.ok) throw new Error(started.refusal);
      t.match(started.value, { next: { kind: 'none' }, payment: { state: 'authorised', isTest: true } });
      const { id } = started.value.payment;
      t.match(await pay(({ payments }) => payments.refund(refundOf(id, 'r', 1))), { refusal: 'notCaptured' });

      await pay(({ database, payments }) => database.transaction(() => payments.settle(id, 7)));
      await jobs.drain();
      t.match(await find(id), { state: 'captured', capturedAmount: 1999, orderId: 7 });

      const parts = [
        ['one', 500],
        ['two', 1000],
        ['one', 500],
      ] as const;
      for (const [key, amount] of parts) {
        t.match(await pay(({ payments }) => payments.refund(refundOf(id, key, amount))), { ok: true });
        await jobs.drain();
      }
      t.match(await pay(({ payments }) => payments.refund(refundOf(id, 'three', 500))), {
        refusal: 'tooMuch',
        details: { left: 499 },
      });
      await jobs.drain();
      t.match(await find(id), { state: 'partially_refunded', refundedAmount: 1500 });
      await pay(({ payments }) => payments.refund(refundOf(id, 'rest', 499)));
      await jobs.drain();
      t.match(await find(id), { state: 'refunded', refundedAmount: 1999 });
      t.same(await ledger(id), [
        ['refund', 'done', 499],
        ['refund', 'done', 1000],
        ['refund', 'done', 500],
        ['capture', 'done', 1999],
        ['authorise', 'done', 1999],
      ]);
    },
  );

  t.test('declines cards in words of the buyer, and lets them try another one', async (t) => {
    t.match(await start('cart:2', '4000000000000002'), {
      refusal: 'declined',
      details: { message: 'The card was declined.' },
    });
    t.match(await start('cart:2', '1234'), { refusal: 'declined' });
    t.match(await start('cart:2', GOOD), { ok: true, value: { payment: { state: 'authorised' } } });
  });

  t.test('asks on a page for a card that needs it, and goes on when the buyer approves', async (t) => {
    const started = await start('cart:3', '4000 0000 0000 3220');
    if (!started.ok || started.value.next.kind !== 'redirect') throw new Error('no page');
    const { pathname } = new URL(started.value.next.url);
    const visitor = anonymous('a');
    const page = await visitor.get(pathname);
    t.match(page, { status: 200, body: /€19\.99/ });

    t.equal((await anonymous('b').get(pathname)).status, 404);
    t.equal((await anonymous('b').post(pathname, { answer: 'approve' })).status, 404);
    const answered = await visitor.post(pathname, { answer: 'approve' });

    t.match(answered, {
      status: 303,
      headers: { location: 'http://store-a.localhost:3000/checkout/return' },
    });
    await jobs.drain();
    t.match(await find(started.value.payment.id), { state: 'authorised' });
    t.match((await visitor.post(pathname, { answer: 'decline' })).status, 303);
    await jobs.drain();
    t.match(await find(started.value.payment.id), { state: 'authorised' }, 'the first answer counts');
  });

  t.test('fails when the buyer declines on the page', async (t) => {
    const started = await start('cart:4', '4000000000003220');
    if (!started.ok || started.value.next.kind !== 'redirect') throw new Error('no page');
    await anonymous('a').post(new URL(started.value.next.url).pathname, { answer: 'decline' });
    await jobs.drain();
    t.match(await find(started.value.payment.id), { state: 'failed', error: 'The card was declined.' });
  });

  t.test('tells of a card that has no money any more when it is captured', async (t) => {
    const started = await start('cart:5', '4000000000000341');
    if (!started.ok) throw new Error(started.refusal);
    const { id } = started.value.payment;
    await pay(({ payments }) => payments.settle(id, 8));
    await jobs.drain();
    t.match(await find(id), { state: 'failed', capturedAmount: 0 });
    t.same(await ledger(id), [
      ['capture', 'failed', 1999],
      ['authorise', 'done', 1999],
    ]);
  });

  t.test('gives the same payment to two clicks, and another one for another amount', async (t) => {
    const [one, two] = await Promise.all([start('cart:6', GOOD), start('cart:6', GOOD)]);
    if (!one.ok || !two.ok) throw new Error('refused');
    t.equal(one.value.payment.id, two.value.payment.id);
    const other = await start('cart:6', GOOD, 2500);
    if (!other.ok) throw new Error(other.refusal);
    t.not(other.value.payment.id, one.value.payment.id);
    await jobs.drain();
    t.match(await find(one.value.payment.id), { state: 'cancelled' });
    t.match(await find(other.value.payment.id), { state: 'authorised', amount: 2500 });
  });

  t.test('gives everything back, captured or not, once', async (t) => {
    const [held, taken] = [await start('cart:7', GOOD), await start('cart:8', GOOD)];
    if (!held.ok || !taken.ok) throw new Error('refused');
    await pay(({ payments }) => payments.settle(taken.value.payment.id, 9));
    await jobs.drain();
    for (const { value } of [held, taken, held, taken])
      await pay(({ payments }) => payments.giveBack(value.payment.id, 'sold out'));
    await jobs.drain();
    t.match(await find(held.value.payment.id), { state: 'cancelled', capturedAmount: 0 });
    t.match(await find(taken.value.payment.id), { state: 'refunded', refundedAmount: 1999 });
  });

  t.test('closes a page that nobody finished, after a day', async (t) => {
    const started = await start('cart:9', '4000000000003220');
    if (!started.ok) throw new Error(started.refusal);
    for (const minutes of [16, 61, 301, 18 * 60 + 1, 1]) {
      clock.move(minutes * 60_000);
      await jobs.drain();
    }
    t.match(await find(started.value.payment.id), { state: 'cancelled' });
  });
});

function refundOf(paymentId: Id, key: string, amount: number) {
  return { paymentId, key, amount: eur(amount), reason: 'damaged' };
}
