import t, { type Test } from 'tap';
import { ADA, openShop } from '../../../tests/support/shop.ts';
import { checkoutOf } from '../../../tests/support/purchase.ts';

const CARD = { card: '4242 4242 4242 4242' };
const HOUR = 3_600_000; // ms

t.test('a payment that cannot become an order goes back', async (t) => {
  const shop = await openShop(t, { until: 'control' });
  const { clock, inStore, jobs, kernel, lamp, mug, stores } = shop;
  const team = await shop.owner('a');
  const paymentOf = (cartId: number) =>
    inStore('a', 'payments', ({ payments }) => payments.ofReference(`cart:${cartId}`));
  const orderOf = (cartId: number) => inStore('a', 'orders', ({ orders }) => orders.byCart(cartId));
  const level = (variantId: number) =>
    inStore('a', 'inventory', async ({ inventory }) => (await inventory.levels([variantId])).get(variantId)!);
  const moneyBackMails = async () =>
    (await inStore('a', 'mail', ({ mailer }) => mailer.list())).filter(
      ({ template }) => template === 'checkout.money_back',
    ).length;
  const refusedOnes = async () => (await team.get(`/api/stores/${stores.a.handle}/checkouts`)).body.items;

  /** A buyer who has paid and not yet come back. */
  async function paidBuyer(lines = [{ variantId: mug, quantity: 1 }]) {
    const buyer = checkoutOf(await shop.buyer(lines));
    const { body } = await buyer.ready();
    const paid = await buyer.pay({ expected: body.totals.total, details: CARD });
    if (paid.status !== 200) throw new Error(JSON.stringify(paid.body));
    return { ...buyer, total: body.totals.total as number };
  }

  /** What buyer, team and provider see of it, whoever asks and how often. */
  async function expectMoneyBack(
    t: Test,
    { buyer, reason }: { buyer: Awaited<ReturnType<typeof paidBuyer>>; reason: string },
  ) {
    const mails = await moneyBackMails();
    const { cartId, total } = buyer;
    const told = {
      status: 409,
      body: { code: 'refunded', details: { reason, amount: total, currency: 'EUR' } },
    };
    t.match(await buyer.complete(), told);
    t.match(await buyer.complete(), told, 'as often as one asks');
    await jobs.drain();
    t.match(await buyer.complete(), { status: 409 });
    t.match(await paymentOf(cartId), { state: 'cancelled', capturedAmount: 0 });
    t.equal(await orderOf(cartId), undefined);
    t.match(await buyer.read(), { body: { returned: { reason, amount: total, currency: 'EUR' } } });
    t.match((await refusedOnes())[0], {
      cartId,
      email: 'ada@example.lu',
      total,
      currency: 'EUR',
      returned: { reason },
    });
    t.equal(await moneyBackMails(), mails + 1, 'one mail');
  }

  t.test('when the hold was over and somebody else was faster', async (t) => {
    await inStore('a', 'inventory', ({ inventory }) =>
      inventory.set([{ variantId: lamp, onHand: 1 }], { reason: 'the last one' }),
    );
    const slow = await paidBuyer([{ variantId: lamp, quantity: 1 }]);
    clock.move(HOUR);
    const fast = await paidBuyer([{ variantId: lamp, quantity: 1 }]);
    t.match(await fast.complete(), { status: 200, body: { isNew: true } });
    await expectMoneyBack(t, { buyer: slow, reason: 'outOfStock' });
    t.match(await level(lamp), { onHand: 1, reserved: 1 });
  });

  t.test('when the price has changed meanwhile', async (t) => {
    const buyer = await paidBuyer();
    const before = await level(mug);
    const product = await inStore('a', 'catalog', ({ catalog }) => catalog.productByHandle('mug'));
    const variants = (amount: number) => [{ id: mug, amount }];
    await inStore('a', 'catalog', ({ catalog }) => catalog.update(product!.id, { variants: variants(1998) }));
    await expectMoneyBack(t, { buyer, reason: 'priceChanged' });
    t.equal((await level(mug)).reserved, before.reserved - 1, 'what was held is free');

    await inStore('a', 'catalog', ({ catalog }) => catalog.update(product!.id, { variants: variants(1999) }));
    t.match(await buyer.complete(), { status: 409 }, 'what goes back buys nothing any more');
    t.match(await buyer.pay({ expected: 2499, details: CARD }), { status: 200 }, 'but the next payment does');
    t.match(await buyer.complete(), { status: 200, body: { isNew: true } });
    t.match(await orderOf(buyer.cartId), { totals: { total: 2499 } });
  });

  t.test('when the cart grew in another tab', async (t) => {
    const buyer = await paidBuyer();
    await inStore('a', 'cart', ({ carts }) => carts.add(buyer.token, [{ variantId: mug, quantity: 1 }]));
    await expectMoneyBack(t, { buyer, reason: 'priceChanged' });
  });

  t.test('when other goods at the same price have taken the place of those that were paid', async (t) => {
    const product = await inStore('a', 'catalog', ({ catalog }) =>
      catalog.create({
        title: 'Anvil',
        state: 'active',
        variants: [{ amount: 1999, weightGrams: 90_000, requiresShipping: true }],
      }),
    );
    if (!product.ok) throw new Error(product.refusal);
    const buyer = await paidBuyer();
    await inStore('a', 'cart', async ({ carts }) => {
      const cart = (await carts.byToken(buyer.token))!;
      await carts.change(buyer.token, { lineId: cart.lines[0]!.id, quantity: 0 });
      await carts.add(buyer.token, [{ variantId: product.value.variants[0]!.id, quantity: 1 }]);
    });
    await expectMoneyBack(t, { buyer, reason: 'priceChanged' });
  });

  t.test('when it was taken off sale', async (t) => {
    const product = await inStore('a', 'catalog', ({ catalog }) =>
      catalog.create({ title: 'Vase', state: 'active', variants: [{ amount: 900, requiresShipping: true }] }),
    );
    if (!product.ok) throw new Error(product.refusal);
    const { id, variants } = product.value;
    const buyer = await paidBuyer([{ variantId: variants[0]!.id, quantity: 1 }]);
    await inStore('a', 'catalog', ({ catalog }) => catalog.update(id, { state: 'archived' }));
    await expectMoneyBack(t, { buyer, reason: 'notForSale' });
  });

  t.test('when the store may place no more orders', async (t) => {
    const buyer = await paidBuyer();
    const { merchantId } = stores.a;
    await kernel.features.setOverride(merchantId, 'orders.per_month', 0);
    await expectMoneyBack(t, { buyer, reason: 'limitReached' });
    await kernel.features.setOverride(merchantId, 'orders.per_month', undefined);
  });

  t.test('unless an order stands on it, whatever another tab asks for', async (t) => {
    const buyer = await paidBuyer();
    t.match(await buyer.complete(), { body: { isNew: true } });
    const order = await orderOf(buyer.cartId);
    const second = await inStore('a', 'payments', ({ payments }) =>
      payments.start({
        reference: `cart:${buyer.cartId}`,
        method: 'test-card',
        amount: { amount: 1, currency: 'EUR' },
        email: null,
        returnUrl: 'http://store-a.localhost:3000/',
        locale: 'en',
        details: CARD,
      }),
    );
    t.match(second, { value: { payment: { id: order!.paymentId, amount: 2499 }, next: { kind: 'none' } } });
    await jobs.drain();
    t.match(await orderOf(buyer.cartId), { paymentState: 'paid', totals: { total: 2499 } });
    t.match(await paymentOf(buyer.cartId), { state: 'captured', capturedAmount: 2499, isGivenBack: false });
  });

  t.test('and is refused before any money moves where that can be known', async (t) => {
    const buyer = checkoutOf(await shop.buyer());
    await buyer.ready();
    const before = await level(mug);
    await kernel.features.setOverride(stores.a.merchantId, 'orders.per_month', 0);
    t.match(await buyer.pay({ expected: 2499, details: CARD }), {
      status: 422,
      body: { code: 'limitReached' },
    });
    await kernel.features.setOverride(stores.a.merchantId, 'orders.per_month', undefined);
    t.equal(await paymentOf(buyer.cartId), undefined);
    t.same(await level(mug), before);
  });

  t.test('and what costs nothing is refused as often as one asks, and told once', async (t) => {
    const made = await inStore('a', 'catalog', ({ catalog }) =>
      catalog.create({ title: 'Sample', kind: 'digital', state: 'active', variants: [{ amount: 0 }] }),
    );
    if (!made.ok) throw new Error(made.refusal);
    const variantId = made.value.variants[0]!.id;
    const onHand = (count: number) =>
      inStore('a', 'inventory', ({ inventory }) =>
        inventory.set([{ variantId, onHand: count }], { reason: 'a test' }),
      );
    await onHand(1);
    const buyer = checkoutOf(await shop.buyer([{ variantId, quantity: 1 }]));
    await buyer.change({ email: 'ada@example.lu', billTo: ADA });
    t.match(await buyer.pay({ expected: 0 }), { status: 200, body: { payment: null } });
    await inStore('a', 'inventory', ({ inventory }) => inventory.release(`cart:${buyer.cartId}`));
    await onHand(0);
    for (let times = 0; times < 3; times += 1)
      t.match(await buyer.complete(), { status: 409, body: { details: { reason: 'outOfStock' } } });
    const kept = await inStore('a', 'checkout', ({ database }) =>
      database.query<{ returns: number }>(
        `select jsonb_array_length(returned) as returns from checkout.checkouts where store_id = $1 and cart_id = $2`,
        [stores.a.id, buyer.cartId],
      ),
    );
    t.same(kept, [{ returns: 1 }]);

    await onHand(1);
    t.match(await buyer.complete(), { status: 200, body: { isNew: true } });
  });

  t.test('with a mail in the language of the buyer', async (t) => {
    const amounts = { en: '€49.90', fr: /49,90\s€/, de: /49,90\s€/, lb: /49,90\s€/ };
    for (const [locale, amount] of Object.entries(amounts)) {
      const mail = await inStore('a', 'mail', ({ mailer }) =>
        mailer.preview({ template: 'checkout.money_back', locale }),
      );
      t.match(mail, { ok: true, value: { text: amount, html: amount } }, locale);
    }
  });

  t.test('is shown to the team page by page, and to no other', async (t) => {
    const api = `/api/stores/${stores.a.handle}/checkouts`;
    const all = (await team.get(`${api}?limit=100`)).body.items;
    const seen: unknown[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const { body } = await team.get(`${api}?limit=2${next && `&cursor=${next}`}`);
      seen.push(...body.items);
      next = body.next;
    }
    t.same(seen, all);
    t.equal(all.length, 7);
    t.same((await team.get(`${api}?state=open`)).body.items.length > 0, true);
    t.equal((await (await shop.owner('b')).get(api)).status, 404);
    t.equal((await (await shop.member('a', 'read-only')).get(api)).status, 200);
  });

  t.test(
    'is forgotten with the addresses of who did not buy, after as many days as the store says',
    async (t) => {
      clock.move(31 * 24 * HOUR);
      await inStore('a', 'checkout', ({ jobs }) => jobs.send('checkout.drop-old', {}));
      await jobs.drain();
      const manager = await shop.member('a', 'manager');
      t.same((await manager.get(`/api/stores/${stores.a.handle}/checkouts`)).body.items, []);
    },
  );
});
