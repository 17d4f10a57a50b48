import t from 'tap';
import type { Fault } from '../../../tests/support/fake-stripe/faults.ts';
import { openShop } from './shop.ts';

const CREATE = 'POST /v1/payment_intents';
const CAPTURE = 'POST /v1/payment_intents/:id/capture';
const CANCEL = 'POST /v1/payment_intents/:id/cancel';
const REFUND = 'POST /v1/refunds';

const FAULTS: Readonly<Record<string, Fault>> = {
  'an error before': { kind: 'error', when: 'before' },
  'an error after': { kind: 'error', when: 'after' },
  'no answer before': { kind: 'hang', when: 'before' },
  'no answer after': { kind: 'hang', when: 'after' },
  'half an answer before': { kind: 'cut', when: 'before' },
  'half an answer after': { kind: 'cut', when: 'after' },
  'a short rate limit': { kind: 'rateLimit', retryAfter: 0 },
  'a long rate limit': { kind: 'rateLimit', retryAfter: 30 },
};

t.test('whatever goes wrong at Stripe', async (t) => {
  const shop = await openShop(t, { timeLimit: 400 });
  const { find, persist, refund, settle, start, started, stripe } = shop;

  for (const [name, fault] of Object.entries(FAULTS)) {
    t.test(`a buyer who tries again is charged once: ${name} the charge`, async (t) => {
      const reference = `start ${name}`;
      stripe.fail(CREATE, fault);

      const first = await start(reference);
      t.match(first.ok ? 'ok' : first.refusal, /^(ok|providerDown)$/);
      const again = await started(reference);

      t.match(again, { state: 'authorised', amount: 1999 });
      t.same(stripe.money(reference), { charges: 1, held: 1999, captured: 0, refunded: 0 });
    });

    t.test(`money is captured once: ${name} the capture`, async (t) => {
      const reference = `capture ${name}`;
      const { id } = await started(reference);
      stripe.fail(CAPTURE, fault);
      await settle(id);
      await persist();

      t.match(await find(id), { state: 'captured', capturedAmount: 1999 });
      t.same(stripe.money(reference), { charges: 1, held: 0, captured: 1999, refunded: 0 });
    });

    t.test(`money is refunded once: ${name} the refund`, async (t) => {
      const reference = `refund ${name}`;
      const { id } = await started(reference);
      await settle(id);
      await persist(1);
      stripe.fail(REFUND, fault);
      await refund(id, 'order:7:refund:1', 700);
      await persist();

      t.match(await find(id), { state: 'partially_refunded', refundedAmount: 700 });
      t.same(stripe.money(reference), { charges: 1, held: 0, captured: 1999, refunded: 700 });
    });

    t.test(`an authorisation is let go: ${name} the cancelling`, async (t) => {
      const reference = `cancel ${name}`;
      const { id } = await started(reference);
      stripe.fail(CANCEL, fault);
      await shop.pay(({ payments }) => payments.giveBack(id, 'sold out'));
      await persist();

      t.match(await find(id), { state: 'cancelled' });
      t.same(stripe.money(reference), { charges: 1, held: 0, captured: 0, refunded: 0 });
    });
  }

  t.test('a start that was lost and never tried again is let go, not charged', async (t) => {
    stripe.fail(CREATE, { kind: 'hang', when: 'after' });
    stripe.fail('GET /v1/payment_intents', { kind: 'error', when: 'before' });
    t.match(await start('lost'), { refusal: 'providerDown' });
    t.same(stripe.money('lost'), { charges: 1, held: 1999, captured: 0, refunded: 0 });

    shop.clock.move(16 * 60_000);
    await shop.jobs.drain();

    const found = await shop.pay(({ payments }) => payments.ofReference('lost'));
    t.match(found, { state: 'authorised' }, 'the look after a quarter of an hour finds it');
  });

  t.test('a start that never arrived is cancelled after a quarter of an hour', async (t) => {
    stripe.fail(CREATE, { kind: 'hang', when: 'before' });
    t.match(await start('never'), { refusal: 'providerDown' });
    shop.clock.move(16 * 60_000);
    await shop.jobs.drain();
    t.match(await shop.pay(({ payments }) => payments.ofReference('never')), { state: 'cancelled' });
    t.same(stripe.money('never'), { charges: 0, held: 0, captured: 0, refunded: 0 });
  });

  for (const [name, alter] of [
    ['amount', (one: Record<string, unknown>) => ({ ...one, amount_capturable: 1 })],
    ['currency', (one: Record<string, unknown>) => ({ ...one, currency: 'usd' })],
    ['mode', (one: Record<string, unknown>) => ({ ...one, livemode: true })],
  ] as const)
    t.test(`the wrong ${name} pays nothing, and the team sees why`, async (t) => {
      stripe.fail(CREATE, { kind: 'lie', alter });
      t.match(await start(`wrong ${name}`), { refusal: 'declined' });
      const payment = await shop.pay(({ payments }) => payments.ofReference(`wrong ${name}`));
      t.match(payment, { state: 'failed', note: /^The provider says / });
      const { body } = await shop.me.get(`${shop.api}/transactions?payment=${payment!.id}`);
      t.match(body.items, [{ kind: 'check', outcome: 'failed', message: payment!.note }]);
    });

  t.test('the account of another shop pays nothing', async (t) => {
    const { id } = await started('account', 'pm_card_threeDSecure2Required');
    const provider = () =>
      shop.pay(async ({ database, stores }) =>
        database.query(
          "update payments.payments set account = 'acct_other' where store_id = $1 and id = $2",
          [stores.current().id, id],
        ),
      );
    await provider();
    stripe.step(stripe.intents().at(-1)!.id, true);
    await shop.pay(({ payments }) => payments.refresh(id));
    t.match(await find(id), {
      state: 'failed',
      note: 'The provider says a payment of account acct_fake instead of acct_other',
    });
  });
});
