import type { Cradle, Id } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import type { Test } from 'tap';
import { type FakeStripe, startFakeStripe } from '../../../tests/support/fake-stripe/index.ts';

export const RETURN = 'http://store-a.localhost:3000/checkout/return';
export const eur = (amount: number) => ({ amount, currency: 'EUR' });

/** A kernel whose store a is paid through a fake Stripe, and how it is used. */
export async function openShop(t: Test, { capture = 'manual', timeLimit = 1_000, retries = 0 } = {}) {
  const world = await startTestKernel(t, { plugins: ['admin', 'payments', new URL('..', import.meta.url)] });
  const { admin, anonymous, inStore, jobs, owner, stores } = world;
  const stripe: FakeStripe = await startFakeStripe(t, { now: () => world.clock.now().getTime() });
  const boss = await admin();
  await boss.patch('/api/admin/settings/payments-stripe', { ...stripe.settings, timeLimit, retries });
  const api = `/api/stores/${stores.a.handle}/payments`;
  const me = await owner('a');
  const keys = { secretKey: stripe.secretKey, publishableKey: 'pk_test_fake', webhookSecret: 'whsec_fake' };
  const saved = await me.patch(`${api}/stripe/settings`, { ...keys, capture });
  if (saved.status !== 200) throw new Error(JSON.stringify(saved.body));
  const hook = new URL(saved.body.webhookAddress).pathname;
  stripe.webhooks.sendTo({
    secret: keys.webhookSecret,
    to: ({ body, headers }) => anonymous().post(hook, body, headers),
  });

  const pay = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'payments', work);
  const start = (reference: string, paymentMethod = 'pm_card_visa', amount = 1999) =>
    pay(({ payments }) =>
      payments.start({
        ...{ reference, method: 'stripe', amount: eur(amount), email: 'ada@example.lu', locale: 'en' },
        returnUrl: RETURN,
        details: paymentMethod ? { paymentMethod } : {},
      }),
    );
  return {
    ...world,
    ...{ api, boss, hook, me, pay, start, stripe },
    /** Starts and expects that it can be. */
    async started(reference: string, paymentMethod?: string, amount?: number) {
      const answer = await start(reference, paymentMethod, amount);
      if (!answer.ok) throw new Error(`${answer.refusal} ${JSON.stringify(answer.details)}`);
      return { ...answer.value.payment, next: answer.value.next };
    },
    find: (id: Id) => pay(({ payments }) => payments.find(id)),
    settle: (id: Id, orderId = 7) =>
      pay(({ database, payments }) => database.transaction(() => payments.settle(id, orderId))),
    refund: (paymentId: Id, key: string, amount: number) =>
      pay(({ payments }) => payments.refund({ paymentId, key, amount: eur(amount), reason: 'damaged' })),
    /** Lets jobs run, those that failed and wait for their next try too. */
    async persist(times = 3) {
      for (let round = 0; round < times; round += 1) {
        await jobs.drain();
        world.clock.move(60_000);
      }
      await jobs.drain();
    },
  };
}
