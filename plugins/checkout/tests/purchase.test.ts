import t from 'tap';
import { ADA, openShop } from '../../../tests/support/shop.ts';
import { checkoutOf } from '../../../tests/support/purchase.ts';

const CARD = { card: '4242 4242 4242 4242' };

t.test('buying by API', async (t) => {
  // Events and jobs run when the test says so: the provider's event would otherwise make some of the orders first.
  const shop = await openShop(t, { until: 'control' });
  const { inStore, jobs, mug, lamp } = shop;
  const orderOf = (cartId: number) => inStore('a', 'orders', ({ orders }) => orders.byCart(cartId));
  const paymentOf = (cartId: number) =>
    inStore('a', 'payments', ({ payments }) => payments.ofReference(`cart:${cartId}`));
  const reserved = async (variantId: number) =>
    inStore('a', 'inventory', async ({ inventory }) => {
      const level = (await inventory.levels([variantId])).get(variantId)!;
      return [level.onHand, level.reserved];
    });

  t.test('makes one order of a cart, with its payment, stock and mail', async (t) => {
    const buyer = checkoutOf(
      await shop.buyer([
        { variantId: mug, quantity: 2 },
        { variantId: lamp, quantity: 1 },
      ]),
    );
    t.match(await buyer.read(), {
      status: 200,
      body: { missing: ['email', 'shipTo', 'billTo', 'rate'], totals: { total: 8498 }, rates: [] },
    });
    t.match(await buyer.change({ email: ' Ada@example.lu ' }), {
      body: { missing: ['shipTo', 'billTo', 'rate'] },
    });
    t.match(await buyer.change({ shipTo: ADA }), {
      body: {
        email: 'Ada@example.lu',
        missing: [],
        rate: { title: 'Post', amount: { amount: 500, currency: 'EUR' } },
        billTo: ADA,
        methods: [{ code: 'test-card' }],
        totals: { subtotal: 8498, shipping: 500, total: 8998 },
      },
    });
    t.match(await buyer.rates(), { body: { rates: [{ title: 'Post' }], chosen: String } });

    const paid = await buyer.pay({ expected: 8998, details: CARD });
    t.same(paid, {
      status: 200,
      body: {
        payment: {
          method: 'test-card',
          state: 'authorised',
          amount: 8998,
          currency: 'EUR',
          isTest: true,
          error: null,
        },
        next: { kind: 'none' },
      },
    });
    const done = await buyer.complete();
    t.match(done, { status: 200, body: { isNew: true, number: '#1001' } });
    await jobs.drain();

    t.same((await buyer.complete()).body, { ...done.body, isNew: false });
    t.match(await orderOf(buyer.cartId), {
      id: done.body.orderId,
      number: '#1001',
      state: 'processing',
      paymentState: 'paid',
      email: 'ada@example.lu',
      shipTo: ADA,
      shippingTitle: 'Post',
      paymentTitle: 'Test card',
      totals: { total: 8998 },
      lines: [
        { title: 'Mug', quantity: 2 },
        { title: 'Lamp', quantity: 1 },
      ],
    });
    t.match(await paymentOf(buyer.cartId), {
      state: 'captured',
      capturedAmount: 8998,
      orderId: done.body.orderId,
    });
    t.same(
      [await reserved(mug), await reserved(lamp)],
      [
        [1000, 2],
        [1000, 1],
      ],
    );
    t.match(await buyer.pay({ expected: 8998, details: CARD }), {
      status: 409,
      body: { code: 'ordered', details: { number: '#1001', token: done.body.token } },
    });
    t.equal((await buyer.read()).status, 404);
  });

  t.test('takes no price, total or currency from outside', async (t) => {
    const buyer = checkoutOf(await shop.buyer());
    for (const field of ['total', 'price', 'currency', 'totals', 'discount', 'tax', 'paymentId', 'storeId']) {
      t.equal((await buyer.change({ [field]: 1 })).status, 422, field);
      t.equal((await buyer.pay({ expected: 1999, [field]: 1 })).status, 422, field);
    }
    t.equal((await buyer.json('POST', '/api/shop/checkout/complete', { total: 1 })).status, 422);
    for (const expected of ['1999', 19.99, -1, 1e21, null, [1999]]) {
      t.equal((await buyer.pay({ expected })).status, 422, JSON.stringify(expected));
    }
    for (const returnPath of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a b'])
      t.equal((await buyer.pay({ expected: 2499, returnPath })).status, 422, returnPath);
  });

  t.test('says what is wrong, and what to do', async (t) => {
    const nobody = checkoutOf({ ...shop.visit(), cartId: 0, token: '' });
    t.match(await nobody.read(), { status: 404, body: { code: 'noCart' } });
    t.match(await nobody.complete(), { status: 404, body: { code: 'noCart' } });
    t.match(await nobody.pay({ expected: 0 }), { status: 404, body: { code: 'noCart' } });

    const buyer = checkoutOf(await shop.buyer());
    for (const email of [
      '',
      'ada',
      'ada@',
      '@example.lu',
      'ada@example',
      'a b@example.lu',
      'ada@exa mple.lu',
    ])
      t.match(await buyer.change({ email }), { status: 422, body: { code: 'badEmail' } }, email);
    t.match(await buyer.change({ shipTo: { ...ADA, postalCode: '16', line1: ' ' } }), {
      status: 422,
      body: {
        code: 'badAddress',
        details: { field: 'shipTo', faults: { postalCode: String, line1: String } },
      },
    });
    t.match(
      await buyer.change({ shipTo: { ...ADA, country: 'JP', postalCode: '100-0001', region: 'Tokyo' } }),
      {
        status: 422,
        body: { code: 'noDelivery', details: { countries: ['LU'] } },
      },
    );
    t.match(await buyer.change({ rateCode: 'none' }), { body: { code: 'unknownRate' } });
    t.match(await buyer.pay({ expected: 1999 }), {
      status: 422,
      body: { code: 'incomplete', details: { missing: ['email', 'shipTo', 'billTo', 'rate'] } },
    });
    t.match(await buyer.complete(), { status: 409, body: { code: 'incomplete' } });
    await buyer.ready();
    t.match(await buyer.pay({ expected: 2498 }), {
      status: 409,
      body: { code: 'priceChanged', details: { expected: 2498, total: 2499, currency: 'EUR' } },
    });
    t.match(await buyer.pay({ method: 'gold', expected: 2499 }), { body: { code: 'unknownMethod' } });
    t.match(await buyer.complete(), { status: 409, body: { code: 'incomplete' } });
  });

  t.test('gives the stock back when the card is declined, and takes the next one', async (t) => {
    const buyer = checkoutOf(await shop.buyer([{ variantId: lamp, quantity: 3 }]));
    await buyer.ready();
    const before = await reserved(lamp);
    const total = 3 * 4500 + 500;
    t.match(await buyer.pay({ expected: total, details: { card: '4000000000000002' } }), {
      status: 402,
      body: { code: 'declined', details: { message: String } },
    });
    t.same(await reserved(lamp), before);
    t.match(await buyer.complete(), { status: 409, body: { code: 'notPaid' } });
    t.match(await buyer.read(), { body: { payment: null } });

    t.match(await buyer.pay({ expected: total, details: CARD }), { status: 200 });
    t.match(await buyer.complete(), { status: 200, body: { isNew: true } });
    t.same(await reserved(lamp), [before[0], before[1]! + 3]);
  });

  t.test('orders first and is paid later where the buyer transfers the money', async (t) => {
    const team = await shop.owner('a');
    const api = `/api/stores/${shop.stores.a.handle}/payments`;
    await team.patch(`${api}/manual/settings`, { iban: 'LU28 0019 4006 4475 0000' });
    const buyer = checkoutOf(await shop.buyer());
    await buyer.ready();
    t.match(await buyer.pay({ method: 'bank-transfer', expected: 2499 }), {
      body: { payment: { state: 'waiting' }, next: { kind: 'none' } },
    });
    const done = await buyer.complete();
    t.match(done, { status: 200, body: { isNew: true } });
    await jobs.drain();
    t.match(await orderOf(buyer.cartId), { state: 'pending', paymentState: 'pending' });
    await inStore('a', 'orders', ({ orders }) => orders.markPaid(done.body.orderId));
    await jobs.drain();
    t.match(await orderOf(buyer.cartId), { paymentState: 'paid' });
    t.same((await buyer.complete()).body, { ...done.body, isNew: false });
  });

  t.test('asks for a step at the bank, and believes the bank only', async (t) => {
    const buyer = checkoutOf(await shop.buyer());
    await buyer.ready();
    const paid = await buyer.pay({ expected: 2499, details: { card: '4000000000003220' } });
    t.match(paid.body, { payment: { state: 'started' }, next: { kind: 'redirect' } });
    t.match(await buyer.complete(), { status: 409, body: { code: 'notPaid' } });
    const again = await buyer.pay({ expected: 2499, details: { card: '4000000000003220' } });
    t.same(again.body.next, paid.body.next, 'a second press of the button is the same payment');

    const back = await buyer.submit(paid.body.next.url, { answer: 'approve' });
    t.equal(back.status, 200);
    t.match(back.address, '/checkout/thank-you/');
    t.match(await orderOf(buyer.cartId), { paymentState: 'authorised' });
  });

  t.test('has nothing to pay for what is free, and nowhere to send what is digital', async (t) => {
    const [gift, song] = await inStore('a', 'catalog', async ({ catalog }) => {
      const made = await Promise.all(
        [
          { title: 'Sticker', amount: 0 },
          { title: 'Song', amount: 99 },
        ].map(({ title, amount }) =>
          catalog.create({
            title,
            kind: 'digital',
            state: 'active',
            variants: [{ amount, requiresShipping: false }],
          }),
        ),
      );
      return made.map((one) => (one.ok ? one.value.variants[0]!.id : 0));
    });
    const free = checkoutOf(await shop.buyer([{ variantId: gift!, quantity: 1 }]));
    t.match(await free.change({ email: 'ada@example.lu' }), {
      body: { missing: ['billTo'], methods: [], rates: [] },
    });
    t.match(await free.change({ billTo: ADA }), { body: { missing: [], totals: { total: 0 } } });
    t.match(await free.pay({ method: 'none', expected: 0 }), {
      status: 200,
      body: { payment: null, next: { kind: 'none' } },
    });
    t.match(await free.complete(), { body: { isNew: true } });
    t.match(await orderOf(free.cartId), { paymentState: 'paid', paymentId: null, shipTo: null, billTo: ADA });

    const digital = checkoutOf(await shop.buyer([{ variantId: song!, quantity: 1 }]));
    await digital.change({ email: 'ada@example.lu', billTo: ADA });
    t.match(await digital.pay({ expected: 99, details: CARD }), { status: 200 });
    t.match(await digital.complete(), { body: { isNew: true } });
  });

  t.test('keeps stores apart', async (t) => {
    const buyer = await shop.buyer();
    const elsewhere = shop.visit('b');
    elsewhere.cookies.set('kontor_cart', buyer.token);
    t.equal((await elsewhere.json('GET', '/api/shop/checkout')).status, 404);
    t.equal((await elsewhere.json('POST', '/api/shop/checkout/complete', {})).status, 404);
    t.match(await inStore('b', 'checkout', ({ checkout }) => checkout.complete(buyer.cartId)), {
      refusal: 'noCart',
    });
  });
});

t.test('buying where nobody keeps stock and nobody sends mail', async (t) => {
  const shop = await openShop(t, { plugins: ['checkout', 'payments-manual'] });
  const buyer = checkoutOf(await shop.buyer([{ variantId: shop.mug, quantity: 5000 }]));
  const { body } = await buyer.ready();
  t.match(await buyer.pay({ expected: body.totals.total, details: CARD }), { status: 200 });
  t.match(await buyer.complete(), { status: 200, body: { number: '#1001' } });

  const changed = checkoutOf(await shop.buyer());
  const ready = await changed.ready();
  await changed.pay({ expected: ready.body.totals.total, details: { card: '4000000000003220' } });
  await shop.inStore('a', 'cart', ({ carts }) => carts.clear(changed.token));
  t.match(await changed.complete(), { status: 409, body: { code: 'notPaid' } });
});
