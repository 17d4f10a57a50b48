import t from 'tap';
import { ADA } from './drafts.ts';
import { openShop } from './shop.ts';

const shop = await openShop(t);
const { at, find, inA, jobs, kinds, mails, order, stock, team } = shop;

t.test('a captured payment makes an order paid, and its buyer gets one confirmation', async (t) => {
  const { id, number, state, paymentState } = await order();

  t.same([state, paymentState], ['processing', 'paid']);
  t.same(await kinds(id), ['placed', 'paid']);
  t.same(await mails(), [['orders.confirmation', `Your order ${number}`]]);
  t.same(await stock(), [
    [10, 2],
    [10, 1],
  ]);
});

t.test('goods leave in parts, each with its mail, and the stock with them', async (t) => {
  const before = await stock();
  const { id, number, lines } = await order();
  const [mug, lamp] = lines.map((line) => line.id);

  const first = await team.post(`${at}/orders/${id}/fulfilments`, {
    lines: [
      { lineId: mug, quantity: 1 },
      { lineId: lamp, quantity: 1 },
    ],
    carrier: 'Post',
    trackingNumber: 'LU1',
    trackingUrl: 'https://track.example.lu/LU1',
  });
  t.match(first, { status: 201, body: { carrier: 'Post', state: 'shipped' } });
  t.equal((await find(id)).state, 'partially_shipped');
  t.match(await team.post(`${at}/orders/${id}/fulfilments`, { lines: [{ lineId: lamp, quantity: 1 }] }), {
    status: 422,
    body: { code: 'tooMany', details: { lineId: lamp, left: 0 } },
  });
  t.match(await team.post(`${at}/orders/${id}/deliver`), { status: 409, body: { code: 'notShipped' } });
  t.match(await team.post(`${at}/orders/${id}/cancel`, { reason: 'late' }), {
    status: 409,
    body: { code: 'shipped' },
  });
  t.equal((await team.post(`${at}/orders/${id}/fulfilments`, { notify: false })).status, 201);
  t.equal((await team.post(`${at}/orders/${id}/fulfilments`, {})).status, 409);
  t.equal((await team.post(`${at}/orders/${id}/deliver`)).status, 204);
  await jobs.drain();

  const { body } = await team.get(`${at}/orders/${id}`);
  t.match(body, {
    state: 'delivered',
    lines: [{ shippedQuantity: 2 }, { shippedQuantity: 1 }],
    fulfilments: [{ trackingNumber: 'LU1', state: 'delivered' }, { state: 'delivered' }],
  });
  t.same(await kinds(id), ['placed', 'paid', 'shipped', 'shipped', 'delivered']);
  const told = (await mails()).filter(([, subject]) => subject?.includes(`${number} is on its way`));
  t.equal(told.length, 1);
  const after = await stock();
  t.same(
    after,
    before.map(([onHand, reserved], index) => [onHand! - (index === 0 ? 2 : 1), reserved]),
  );
});

t.test('a cancelled order lets its stock go and gives all money back, once', async (t) => {
  const before = await stock();
  const { id, number } = await order();

  t.equal((await team.post(`${at}/orders/${id}/cancel`, { reason: 'changed their mind' })).status, 204);
  t.match(await team.post(`${at}/orders/${id}/cancel`, { reason: 'again' }), {
    status: 409,
    body: { code: 'cancelled' },
  });
  await jobs.drain();

  t.match(await find(id), { state: 'cancelled', paymentState: 'refunded', refundedAmount: 8238 });
  t.same(await stock(), before);
  t.match(await inA(({ orders }) => orders.refunds(id)), [
    { state: 'done', amount: 8238, reason: 'cancelled' },
  ]);
  const told = (await mails()).filter(
    ([, subject]) => subject?.includes(`${number} `) || subject?.endsWith(number),
  );
  t.same(
    told.map(([template]) => template).sort(),
    ['orders.cancelled', 'orders.confirmation'],
    'the cancellation says that the money comes back',
  );
});

t.test(
  'refunds take exact shares, let unsent stock go, take sent goods back, and end at the total',
  async (t) => {
    const before = await stock();
    const { id, lines } = await order();
    const [mug, lamp] = lines.map((line) => line.id);
    const refund = (body: object) => team.post(`${at}/orders/${id}/refunds`, { reason: 'broken', ...body });
    await team.post(`${at}/orders/${id}/fulfilments`, { lines: [{ lineId: lamp, quantity: 1 }] });

    t.match(await refund({ lines: [{ lineId: mug, quantity: 1 }] }), {
      status: 201,
      body: { amount: 1799, currency: 'EUR' },
    });
    t.match(await refund({ lines: [{ lineId: lamp, quantity: 1 }], restock: true }), {
      body: { amount: 4050 },
    });
    t.match(await refund({ lines: [{ lineId: lamp, quantity: 1 }] }), {
      status: 422,
      body: { code: 'tooMuch' },
    });
    t.match(await refund({ amount: 100_000 }), { status: 422, body: { details: { left: 2389 } } });
    t.match(await refund({}), { status: 422, body: { code: 'nothingToRefund' } });
    await jobs.drain();
    t.match(await find(id), {
      state: 'partially_shipped',
      paymentState: 'partially_refunded',
      refundedAmount: 5849,
    });

    t.match(await refund({ shippingAmount: 590 }), { body: { amount: 590 } });
    t.match(await refund({ lines: [{ lineId: mug, quantity: 1 }] }), { body: { amount: 1799 } });
    await jobs.drain();

    t.match(await find(id), {
      state: 'refunded',
      paymentState: 'refunded',
      refundedAmount: 8238,
      totals: { total: 8238 },
      lines: [
        { droppedQuantity: 2, refundedQuantity: 2, refundedAmount: 3598, refundedTax: 523 },
        { shippedQuantity: 1, refundedQuantity: 1, refundedAmount: 4050, refundedTax: 588 },
      ],
    });
    t.same(await stock(), before, 'two mugs were let go, the lamp came back');
    const refunds = await inA(({ orders }) => orders.refunds(id));
    t.equal(
      refunds.reduce((sum, { taxAmount }) => sum + taxAmount, 0),
      1197,
    );
    t.match(await refund({ amount: 1 }), { status: 409, body: { code: 'notPaid' } });
  },
);

t.test('an order by bank transfer waits, and goes on when the team has seen the money', async (t) => {
  const { id, state, paymentState } = await order({}, { method: 'bank-transfer' });
  t.same([state, paymentState], ['pending', 'pending']);
  t.match(await team.post(`${at}/orders/${id}/fulfilments`, {}), { status: 409, body: { code: 'notPaid' } });
  t.match(await team.post(`${at}/orders/${id}/refunds`, { amount: 1, reason: 'x' }), {
    status: 409,
    body: { code: 'notPaid' },
  });

  t.equal((await team.post(`${at}/orders/${id}/mark-paid`)).status, 204);
  t.match(await find(id), { state: 'processing', paymentState: 'paid' });
  t.match(await team.post(`${at}/orders/${id}/mark-paid`), { status: 409, body: { code: 'notWaiting' } });
  await jobs.drain();
  t.same(await kinds(id), ['placed', 'paid'], 'the event of the payment changes nothing more');
});

t.test('an order whose money does not come after all says so, and does not ship', async (t) => {
  const { id, state, paymentState } = await order({}, { card: '4000000000000341' });
  t.same([state, paymentState], ['processing', 'failed']);
  t.same(await kinds(id), ['placed', 'payment_failed']);
  t.match(await team.post(`${at}/orders/${id}/fulfilments`, {}), { status: 409, body: { code: 'notPaid' } });
  t.equal((await team.post(`${at}/orders/${id}/cancel`, { reason: 'no money', notify: false })).status, 204);
});

t.test('a line that cost nothing can be taken off', async (t) => {
  const totalsInput = {
    currency: 'EUR',
    taxIncluded: true,
    taxRounding: 'line',
    lines: [
      { key: 'mug', unitAmount: 1999, quantity: 2, rateBps: 1700 },
      { key: 'lamp', unitAmount: 4500, quantity: 1, rateBps: 1700 },
    ],
    discounts: [{ key: 'gift', title: 'Gift', kind: 'percent', value: 10_000, lines: ['lamp'] }],
    shipping: null,
  } as const;
  const { id, version, lines } = await order({ totalsInput });
  const changed = await team.patch(`${at}/orders/${id}/lines`, {
    version,
    lines: [{ lineId: lines[1]!.id, quantity: 0 }],
  });
  t.match(changed, { status: 200, body: { refundedAmount: 0, paymentState: 'paid', state: 'processing' } });
});

t.test('an order that nobody has paid is voided when it is cancelled', async (t) => {
  const { id } = await order({}, { method: 'bank-transfer' });
  await team.post(`${at}/orders/${id}/cancel`, { reason: 'no money', notify: false });
  await jobs.drain();
  t.match(await find(id), { state: 'cancelled', paymentState: 'voided', refundedAmount: 0 });
  t.equal((await team.post(`${at}/orders/${id}/mark-paid`)).status, 409);
});

t.test('a refund that fails for good can be given back again', async (t) => {
  const { id, paymentId, lines } = await order();
  const refunded = await inA(({ orders }) =>
    orders.refund(id, { lines: [{ lineId: lines[0]!.id, quantity: 1 }], shippingAmount: 90, reason: 'late' }),
  );
  if (!refunded.ok) throw new Error(refunded.refusal);
  await jobs.drain();
  const payload = { paymentId: paymentId!, refundId: 1, key: `order:${id}:refund:1`, orderId: id };
  for (let times = 0; times < 2; times += 1)
    await shop.inStore('a', 'payments', ({ events }) =>
      events.emit('payment.refund_failed', payload, { entity: `payment:${paymentId}` }),
    );
  await jobs.drain();

  t.match(await find(id), { paymentState: 'paid', refundedAmount: 0, lines: [{ refundedQuantity: 1 }, {}] });
  t.same(await kinds(id), ['placed', 'paid', 'refund_asked', 'refunded', 'refund_failed']);
  t.match(await inA(({ orders }) => orders.refunds(id)), [{ state: 'failed' }]);
});

t.test(
  'contact and addresses can be corrected until something leaves, from the newest version',
  async (t) => {
    const { id, version } = await order();
    const edit = (body: object) => team.patch(`${at}/orders/${id}`, body);

    const edited = await edit({
      version,
      email: 'Ada.W@example.lu',
      shipTo: { ...ADA, line1: '2, rue du Fort' },
    });
    t.match(edited, {
      status: 200,
      body: { version: version + 1, email: 'ada.w@example.lu', shipTo: { line1: '2, rue du Fort' } },
    });
    t.match(await edit({ version, note: 'late' }), {
      status: 409,
      body: { code: 'changed', details: { version: version + 1, by: /@example.lu/ } },
    });
    t.match(await edit({ version: version + 1, shipTo: { ...ADA, country: 'FR' } }), {
      status: 422,
      body: { code: 'otherCountry' },
    });
    t.match(await edit({ version: version + 1, billTo: { ...ADA, postalCode: '1' } }), {
      status: 422,
      body: { code: 'badAddress', details: { field: 'billTo' } },
    });
    await team.post(`${at}/orders/${id}/fulfilments`, {});
    const { version: now } = await find(id);
    t.match(await edit({ version: now, note: 'x' }), { status: 409, body: { code: 'shipped' } });
  },
);

t.test('units taken off a paid order are given back, and the others keep their price', async (t) => {
  const { id, version, lines } = await order();
  const [mug, lamp] = lines.map((line) => line.id);
  const change = (from: number, quantities: object[]) =>
    team.patch(`${at}/orders/${id}/lines`, { version: from, lines: quantities });

  const changed = await change(version, [{ lineId: mug, quantity: 1 }]);
  t.match(changed, {
    status: 200,
    body: { refundedAmount: 1799, lines: [{ quantity: 2, droppedQuantity: 1 }, { droppedQuantity: 0 }] },
  });
  t.match(await change(changed.body.version, [{ lineId: mug, quantity: 2 }]), { body: { code: 'tooMany' } });
  t.match(
    await change(changed.body.version, [
      { lineId: mug, quantity: 0 },
      { lineId: lamp, quantity: 0 },
    ]),
    { status: 422, body: { code: 'nothingLeft' } },
  );
  t.match(await team.post(`${at}/orders/${id}/fulfilments`, {}), {
    status: 201,
    body: { lines: [{ quantity: 1 }, { quantity: 1 }] },
  });
  t.equal((await find(id)).state, 'shipped');
});

t.test('units that never left do not come back into stock a second time', async (t) => {
  await inA(({ inventory }) => inventory.set([{ variantId: shop.mug, onHand: 90 }], { reason: 'a test' }));
  const before = await stock();
  const created = await inA(({ orders }) =>
    orders.create({ email: 'ada@example.lu', isPaid: true, lines: [{ variantId: shop.mug, quantity: 2 }] }),
  );
  if (!created.ok) throw new Error(created.refusal);
  const { id } = created.value;
  t.equal((await team.post(`${at}/orders/${id}/cancel`, { reason: 'no time' })).status, 204);
  t.same(await stock(), before);

  const refund = { lines: [{ lineId: (await find(id)).lines[0]!.id, quantity: 2 }], restock: true };
  t.equal((await team.post(`${at}/orders/${id}/refunds`, { ...refund, reason: 'no time' })).status, 201);
  t.same(await stock(), before, 'what was let go once is not taken in as well');
});

t.test('a line that is named twice is changed once, with the stock it holds', async (t) => {
  const before = await stock();
  const created = await inA(({ orders }) =>
    orders.create({ email: 'ada@example.lu', lines: [{ variantId: shop.mug, quantity: 5 }] }),
  );
  if (!created.ok) throw new Error(created.refusal);
  const { id, version, lines } = await find(created.value.id);
  const same = { lineId: lines[0]!.id, quantity: 3 };
  const changed = await team.patch(`${at}/orders/${id}/lines`, { version, lines: [same, same] });
  t.match(changed, { status: 200, body: { lines: [{ quantity: 3 }] } });
  const [[onHand, reserved], lamp] = before as [[number, number], [number, number]];
  t.same(await stock(), [[onHand, reserved + 3], lamp]);
  t.equal((await team.post(`${at}/orders/${id}/cancel`, { reason: 'no time' })).status, 204);
  t.same(await stock(), before);
});

t.test('notes and tags stay with the order and in its timeline', async (t) => {
  const { id } = await order();
  t.match(await team.post(`${at}/orders/${id}/notes`, { text: 'Rings twice' }), {
    status: 201,
    body: { kind: 'note', actor: /@example.lu/, details: { text: 'Rings twice' } },
  });
  t.match(await team.put(`${at}/orders/${id}/tags`, { tags: [''] }), { status: 422 });
  t.same((await team.put(`${at}/orders/${id}/tags`, { tags: [' gift', 'vip', 'gift'] })).body.tags, [
    'gift',
    'vip',
  ]);
  t.same(
    (await team.get(`${at}/orders?tag=gift`)).body.items.map((one: { id: number }) => one.id),
    [id],
  );
  const { body } = await team.get(`${at}/orders/${id}/timeline`);
  t.same(
    body.items.map((one: { kind: string }) => one.kind),
    ['placed', 'paid', 'note', 'tagged'],
  );
});

t.test('of many who refund or ship the same at once, each unit goes once', async (t) => {
  const { id, lines } = await order();
  const mug = [{ lineId: lines[0]!.id, quantity: 1 }];
  const codes = async (work: () => Promise<{ ok: boolean; refusal?: string }>) => {
    const results = await Promise.all(Array.from({ length: 8 }, work));
    return results.map((result) => (result.ok ? 'ok' : result.refusal)).sort();
  };

  const refunds = await codes(() => inA(({ orders }) => orders.refund(id, { lines: mug, reason: 'race' })));
  t.same(refunds, ['ok', 'ok', ...Array(6).fill('tooMuch')]);
  const shipments = await codes(() => inA(({ orders }) => orders.ship(id, {})));
  t.same(shipments, [...Array(7).fill('notShippable'), 'ok']);
  await jobs.drain();
  t.match(await find(id), { state: 'shipped', refundedAmount: 3598, paymentState: 'partially_refunded' });
});

t.test('an order from elsewhere keeps the times it had there, and tells nobody', async (t) => {
  const day = (of: number) => new Date(Date.UTC(2025, 4, of, 9));
  const before = (await mails()).length;
  const { id } = await order({ placedAt: day(1) });
  await inA(({ orders }) => orders.ship(id, { at: day(2), notify: false }));
  await inA(({ orders }) => orders.deliver(id, { at: day(3) }));
  await jobs.drain();

  t.match(await find(id), { placedAt: day(1), state: 'delivered' });
  t.match(await inA(({ orders }) => orders.fulfilments(id)), [{ shippedAt: day(2), deliveredAt: day(3) }]);
  const happened = await inA(({ orders }) => orders.timeline(id));
  t.same(
    happened.filter(({ kind }) => kind !== 'paid').map(({ at: when }) => when),
    [day(1), day(2), day(3)],
  );
  t.equal((await mails()).length, before);
});
