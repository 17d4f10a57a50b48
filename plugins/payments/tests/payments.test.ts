import type { Cradle, Id } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import fc from 'fast-check';
import t from 'tap';

const MINUTE = 60_000;
const eur = (amount: number) => ({ amount, currency: 'EUR' });

t.test('payments', async (t) => {
  const plugins = [new URL('..', import.meta.url), 'payments-manual', new URL('listener', import.meta.url)];
  const { clock, inStore, jobs, lines, owner, stores } = await startTestKernel(t, { plugins });
  const pay = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'payments', work);
  const find = (id: Id) => pay(({ payments }) => payments.find(id));
  const refund = (paymentId: Id, key: string, amount: number) =>
    pay(({ payments }) => payments.refund({ paymentId, key, amount: eur(amount), reason: 'damaged' }));
  const heard = (id: Id) =>
    lines.flatMap(({ message, details }) =>
      message === 'heard' && details.paymentId === id ? [details.event] : [],
    );
  let count = 0;
  async function started(card = '4242424242424242', amount = 1000) {
    count += 1;
    const answer = await pay(({ payments }) =>
      payments.start({
        ...{
          reference: `cart:${count}`,
          method: 'test-card',
          amount: eur(amount),
          email: null,
          locale: 'en',
        },
        ...{ returnUrl: 'http://store-a.localhost:3000/', details: { card } },
      }),
    );
    if (!answer.ok) throw new Error(answer.refusal);
    return answer.value.payment;
  }
  async function captured(amount = 1000) {
    const { id } = await started('4242424242424242', amount);
    await pay(({ payments }) => payments.settle(id, count));
    await jobs.drain();
    return id;
  }

  t.test('tells of everything that happens, in its order and once', async (t) => {
    const id = await captured();
    await refund(id, 'one', 400);
    await jobs.drain();
    await pay(({ payments }) => payments.refresh(id));
    await jobs.drain();
    t.same(heard(id), ['payment.authorised', 'payment.captured', 'payment.refunded']);
  });

  t.test('refunds in any parts end at exactly nothing, and never beyond', async () => {
    const parts = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(parts, async (amounts) => {
        const id = await captured();
        let left = 1000;
        for (const [at, amount] of amounts.entries()) {
          const asked = await refund(id, `part:${at}`, amount);
          if (asked.ok !== amount <= left) return false;
          if (asked.ok) left -= amount;
        }
        if (left > 0) await refund(id, 'rest', left);
        const beyond = await refund(id, 'beyond', 1);
        await jobs.drain();
        const { state, refundedAmount } = (await find(id))!;
        return !beyond.ok && state === 'refunded' && refundedAmount === 1000;
      }),
      { numRuns: 10 },
    );
  });

  t.test('twenty refunds at once take no more than there is', async (t) => {
    const id = await captured();
    const asked = await Promise.all(Array.from({ length: 20 }, (_, at) => refund(id, `r${at}`, 150)));
    t.equal(asked.filter(({ ok }) => ok).length, 6);
    await jobs.drain();
    t.match(await find(id), { state: 'partially_refunded', refundedAmount: 900 });
    t.equal(heard(id).filter((event) => event === 'payment.refunded').length, 6);
  });

  t.test('the same refund asked for at once is one', async (t) => {
    const id = await captured();
    const asked = await Promise.all(Array.from({ length: 5 }, () => refund(id, 'order:1:refund:1', 1000)));
    t.equal(new Set(asked.map((one) => (one.ok ? one.value.refundId : 0))).size, 1);
    await jobs.drain();
    t.match(await find(id), { state: 'refunded', refundedAmount: 1000 });
  });

  t.test('a refund in another currency, or of nothing, is a mistake', async (t) => {
    const id = await captured();
    await t.rejects(refund(id, 'none', 0), { code: 'PAYMENTS_ERR_REFUND_AMOUNT' });
    const inDollars = { paymentId: id, key: 'usd', amount: { amount: 1, currency: 'USD' }, reason: '' };
    await t.rejects(
      pay(({ payments }) => payments.refund(inDollars)),
      { code: 'PAYMENTS_ERR_REFUND_AMOUNT' },
    );
    t.match(await refund(999_999, 'x', 1), { refusal: 'notFound' });
  });

  t.test('what a transaction that fails had asked for never happens', async (t) => {
    const { id } = await started();
    const failing = pay(({ database, payments }) =>
      database.transaction(async () => {
        await payments.settle(id, 1);
        await payments.giveBack(id, 'sold out');
        throw new Error('no order after all');
      }),
    );
    await t.rejects(failing, { message: 'no order after all' });
    await jobs.drain();
    t.match(await find(id), { state: 'authorised', orderId: null });
  });

  t.test('money without an order is told of again, and then to the team', async (t) => {
    const { id } = await started();
    await jobs.drain();
    clock.move(16 * MINUTE);
    await jobs.drain();
    clock.move(61 * MINUTE);
    await jobs.drain();
    t.same(heard(id), ['payment.authorised', 'payment.authorised', 'payment.authorised']);
    const me = await owner('a');
    const api = `/api/stores/${stores.a.handle}/payments`;
    t.match((await me.get(`${api}/transactions?payment=${id}`)).body.items[0], {
      kind: 'check',
      message: 'No order has come of this payment',
    });
    const { body } = await me.get(`${api}?needsLook=true`);
    t.ok(body.items.some((item: { id: Id }) => item.id === id));
    await pay(({ payments }) => payments.settle(id, 5));
    await jobs.drain();
    t.match(await find(id), { state: 'captured', orderId: 5 });
  });

  t.test('a capture of what is to be given back is not made', async (t) => {
    const { id } = await started();
    await pay(({ database, payments }) =>
      database.transaction(async () => {
        await payments.settle(id, 6);
        await payments.giveBack(id, 'cancelled at once');
      }),
    );
    await jobs.drain();
    t.match(await find(id), { state: 'cancelled', capturedAmount: 0 });
    t.same(heard(id), ['payment.authorised']);
  });

  t.test('all goes back, also when the team gives a part of it back at that moment', async (t) => {
    for (let round = 0; round < 20; round += 1) {
      const id = await captured();
      await pay(({ payments }) => payments.giveBack(id, 'cancelled'));
      await Promise.all([
        jobs.drain(),
        ...Array.from({ length: 12 }, (_, at) => at).map((part) => refund(id, `team-${part}`, 10)),
      ]);
      await jobs.drain();
      t.match(await find(id), { state: 'refunded', capturedAmount: 1000, refundedAmount: 1000 });
    }
  });

  t.test('what goes back is nobody’s payment any more: the next try is another one', async (t) => {
    const { id, reference } = await started();
    await pay(({ payments }) => payments.giveBack(id, 'sold out'));
    count -= 1;
    const next = await started();
    t.match(next, { reference, state: 'authorised', isGivenBack: false });
    t.not(next.id, id);
    await jobs.drain();
    t.match(await find(id), { state: 'cancelled', isGivenBack: true });
    t.match(await find(next.id), { state: 'authorised' });
  });

  t.test('a payment of another store is none', async (t) => {
    const { id } = await started();
    const there = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('b', 'payments', work);
    t.equal(await there(({ payments }) => payments.find(id)), undefined);
    t.equal(await there(({ payments }) => payments.lock(id)), undefined);
    t.match(await there(({ payments }) => payments.refresh(id)), { refusal: 'notFound' });
    t.match(await there(({ payments }) => payments.markPaid(id, 'b')), { refusal: 'notFound' });
    await t.rejects(
      there(({ payments }) => payments.settle(id, 1)),
      { code: 'PAYMENTS_ERR_UNKNOWN_PAYMENT' },
    );
    await there(({ payments }) => payments.giveBack(id, 'theirs'));
    await jobs.drain();
    t.match(await find(id), { state: 'authorised' });
  });
});
