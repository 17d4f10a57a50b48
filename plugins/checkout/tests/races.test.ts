import t from 'tap';
import { ADA, openShop } from '../../../tests/support/shop.ts';
import { checkoutOf } from '../../../tests/support/purchase.ts';

const CARD = { card: '4242 4242 4242 4242' };

t.setTimeout(300_000);

t.test('ten pieces and fifty buyers at once make ten orders and forty clear refusals', async (t) => {
  const shop = await openShop(t, { stock: 10, until: 'control' });
  const { inStore, jobs, mug } = shop;
  const buyers = [];
  for (let count = 0; count < 50; count += 1) buyers.push(checkoutOf(await shop.buyer()));
  for (const buyer of buyers) await buyer.ready();

  const answers = await Promise.all(
    buyers.map(async (buyer) => {
      const paid = await buyer.pay({ expected: 2499, details: CARD });
      return paid.status === 200 ? buyer.complete() : paid;
    }),
  );
  await jobs.drain();

  const told = answers
    .map(({ status, body }) => (status === 200 ? 'ordered' : `${status} ${body.code}`))
    .sort();
  t.same(told, [...Array(40).fill('409 outOfStock'), ...Array(10).fill('ordered')]);
  t.same(
    answers.filter(({ status }) => status === 409).map(({ body }) => body.details.lines),
    Array(40).fill([{ variantId: mug, wanted: 1, available: 0 }]),
  );
  const { orders } = await inStore('a', 'orders', ({ orders }) => orders.list({ limit: 100 }));
  t.same(
    [...new Set(orders.map(({ number }) => number))].sort(),
    [...Array(10).keys()].map((count) => `#${1001 + count}`),
    'no number twice, none left out',
  );
  const levels = await inStore('a', 'inventory', ({ inventory }) => inventory.levels([mug]));
  t.match(levels.get(mug), { onHand: 10, reserved: 10, available: 0 });
});

t.test(
  'two hundred carts, each completed fifty times by browser and provider, are two hundred orders',
  async (t) => {
    const shop = await openShop(t, { until: 'control' });
    const { inStore, jobs, mug } = shop;
    const carts: { cartId: number; paymentId: number }[] = [];
    await inStore('a', 'checkout', async ({ carts: cart, checkout }) => {
      for (let count = 0; count < 200; count += 1) {
        const started = await cart.start([{ variantId: mug, quantity: 1 }]);
        if (!started.ok) throw new Error(started.refusal);
        const { token } = started.value;
        await checkout.update(token, { email: `buyer-${count}@example.lu`, shipTo: ADA });
        const paid = await checkout.pay(token, {
          method: 'test-card',
          expected: 2499,
          details: CARD,
          returnUrl: 'http://store-a.localhost:3000/checkout/return',
          locale: 'en',
        });
        if (!paid.ok) throw new Error(`${paid.refusal} ${JSON.stringify(paid.details)}`);
        carts.push({ cartId: started.value.cart.id, paymentId: paid.value.payment!.id });
      }
    });

    // The provider's events are delivered meanwhile, by two nodes.
    const node = await shop.secondNode();
    const events = Promise.all([jobs.drain(), node.jobs.drain()]);
    const answers: string[][] = [];
    for (const { cartId } of carts) {
      const calls = Array.from({ length: 50 }, () =>
        inStore('a', 'checkout', ({ checkout }) => checkout.complete(cartId)),
      );
      answers.push((await Promise.all(calls)).map((done) => (done.ok ? done.value.number : done.refusal)));
    }
    await events;
    await jobs.drain();

    t.same(
      answers.map((numbers) => new Set(numbers).size),
      Array(200).fill(1),
      'everybody hears of one order',
    );
    t.equal(new Set(answers.flat()).size, 200);
    const payments = await Promise.all(
      carts.map(({ paymentId }) => inStore('a', 'payments', ({ payments }) => payments.find(paymentId))),
    );
    t.same(
      payments.map((payment) => [payment!.state, payment!.capturedAmount]),
      Array(200).fill(['captured', 2499]),
    );
    const levels = await inStore('a', 'inventory', ({ inventory }) => inventory.levels([mug]));
    t.match(levels.get(mug), { onHand: 1000, reserved: 200 });
    const mails = await inStore('a', 'mail', async ({ mailer }) => {
      const all = [];
      for (let after: number | undefined; ; after = all.at(-1)!.id) {
        const page = await mailer.list({ limit: 100, ...(after && { after }) });
        all.push(...page);
        if (page.length < 100) return all;
      }
    });
    const confirmations = mails
      .filter(({ template }) => template === 'orders.confirmation')
      .map(({ to }) => to);
    t.equal(confirmations.length, 200, 'one mail each');
    t.equal(new Set(confirmations).size, 200);
  },
);
