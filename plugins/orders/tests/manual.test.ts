import t from 'tap';
import { ADA } from './drafts.ts';
import { openShop } from './shop.ts';

const shop = await openShop(t);
const { anonymous, at, customer, find, inA, jobs, kinds, lamp, mug, stock, team } = shop;
const place = (body: object) => team.post(`${at}/orders`, { email: 'ada@example.lu', ...body });

t.test('the team places an order with prices and words of its own', async (t) => {
  const placed = await place({
    shipTo: ADA,
    lines: [
      { variantId: mug, quantity: 2 },
      { variantId: lamp, quantity: 1, unitAmount: 4000, title: 'Lamp, scratched' },
      { title: 'Wrapping', quantity: 1, unitAmount: 250, requiresShipping: false },
    ],
    shipping: { title: 'Courier', amount: 800 },
    discountAmount: 248,
    paymentTitle: 'Cash',
  });
  t.match(placed, { status: 201, body: { number: /^#\d+$/, token: /^[\w-]{22}$/ } });

  const order = await find(placed.body.id);
  t.match(order, {
    channel: 'manual',
    state: 'pending',
    paymentState: 'pending',
    shipTo: ADA,
    billTo: ADA,
    totals: { subtotal: 8248, discount: 248, shipping: 800, total: 8800, taxes: [{ rateBps: 1700 }] },
    lines: [
      { title: 'Mug', variantId: mug, unitAmount: 1999 },
      { title: 'Lamp, scratched', variantId: lamp, unitAmount: 4000 },
      { title: 'Wrapping', variantId: null, unitAmount: 250 },
    ],
  });
  t.same(await stock(), [
    [10, 2],
    [10, 1],
  ]);
  t.match(await inA(({ customerBook }) => customerBook.byEmail('ada@example.lu')), { firstName: 'Ada' });
  await jobs.drain();
  t.match(await inA(({ customerBook }) => customerBook.byEmail('ada@example.lu')), {
    orderCount: 1,
    spentAmount: 8800,
  });

  t.equal((await team.post(`${at}/orders/${order.id}/mark-paid`)).status, 204);
  t.match(await team.post(`${at}/orders/${order.id}/refunds`, { amount: 8800, reason: 'back' }), {
    status: 201,
  });
  t.match(await find(order.id), { state: 'refunded', paymentState: 'refunded' }, 'nobody has to be asked');
  t.same(await stock(), [
    [10, 0],
    [10, 0],
  ]);
});

t.test('an order that the team wrote and nobody paid is worked out anew when lines go', async (t) => {
  const { body } = await place({
    lines: [
      { variantId: mug, quantity: 3 },
      { variantId: lamp, quantity: 1 },
    ],
    discountAmount: 100,
  });
  const { version, lines } = await find(body.id);
  const changed = await team.patch(`${at}/orders/${body.id}/lines`, {
    version,
    lines: [
      { lineId: lines[0]!.id, quantity: 1 },
      { lineId: lines[1]!.id, quantity: 0 },
    ],
  });

  t.match(changed, { status: 200, body: { totals: { subtotal: 1999, discount: 100, total: 1899 } } });
  t.equal(changed.body.lines.length, 1);
  t.match((await team.get(`${at}/orders/${body.id}/recompute`)).body, {
    isSame: true,
    stored: { total: 1899 },
  });
  t.same(await stock(), [
    [10, 1],
    [10, 0],
  ]);
  await team.post(`${at}/orders/${body.id}/cancel`, { reason: 'a test' });
});

t.test('refuses what cannot be placed, and holds nothing for it', async (t) => {
  const before = await stock();
  t.match(await place({ lines: [{ variantId: mug, quantity: 11 }] }), {
    status: 409,
    body: { code: 'outOfStock' },
  });
  t.match(await place({ lines: [{ variantId: 999_999, quantity: 1 }] }), {
    body: { code: 'unknownVariant' },
  });
  t.match(await place({ lines: [{ title: 'No price', quantity: 1 }] }), { body: { code: 'badLine' } });
  t.match(await place({ lines: [{ variantId: mug, quantity: 1 }], shipTo: { ...ADA, city: '' } }), {
    status: 422,
    body: { code: 'badAddress', details: { field: 'shipTo', faults: { city: /./ } } },
  });
  for (const quantity of [0, -1, 1.5, 1e9, '2', [2]])
    t.equal((await place({ lines: [{ variantId: mug, quantity }] })).status, 422, `quantity ${quantity}`);
  t.equal((await place({ lines: [{ variantId: mug, quantity: 1 }], total: 1 })).status, 422);
  t.same(await stock(), before);
});

t.test('a draft order says what it would cost, and takes nothing until it is placed', async (t) => {
  const before = await stock();
  const drafts = `${at}/draft-orders`;
  const draft = { email: 'eve@example.lu', lines: [{ variantId: lamp, quantity: 2 }] };
  const { body: kept } = await team.post(drafts, draft);
  const changed = await team.put(`${drafts}/${kept.id}`, {
    version: 1,
    order: { ...draft, shipping: { title: 'Post', amount: 500 } },
  });

  t.match(changed, { status: 200, body: { version: 2 } });
  t.match(await team.put(`${drafts}/${kept.id}`, { version: 1, order: draft }), {
    status: 409,
    body: { code: 'changed' },
  });
  t.match((await team.get(`${drafts}/${kept.id}`)).body, { totals: { total: 9500 }, fault: null });
  t.same(
    (await team.get(drafts)).body.items.map(({ id }: { id: number }) => id),
    [kept.id],
  );
  t.same(await stock(), before);

  const placed = await team.post(`${drafts}/${kept.id}/place`);
  t.match(placed, { status: 201, body: { number: /^#/ } });
  t.equal((await team.post(`${drafts}/${kept.id}/place`)).status, 404);
  t.match(await find(placed.body.id), { email: 'eve@example.lu', totals: { total: 9500 } });

  const { body: tooMany } = await team.post(drafts, { ...draft, lines: [{ variantId: lamp, quantity: 50 }] });
  t.match(await team.post(`${drafts}/${tooMany.id}/place`), { status: 409, body: { code: 'outOfStock' } });
  t.equal((await team.get(`${drafts}/${tooMany.id}`)).status, 200, 'it is still there');
  t.equal((await team.delete(`${drafts}/${tooMany.id}`)).status, 204);
  t.equal((await team.get(`${drafts}/${tooMany.id}`)).status, 404);
});

t.test('many orders are tagged and shipped by a job; one that refuses does not stop the next', async (t) => {
  const ids: number[] = [];
  for (let times = 0; times < 3; times += 1)
    ids.push(
      (await place({ lines: [{ title: 'Pen', quantity: 1, unitAmount: 100 }], isPaid: times !== 1 })).body.id,
    );

  const tagging = await team.post(`${at}/orders/bulk/tags`, { orderIds: ids, action: 'tag', tags: ['fair'] });
  const shipping = await team.post(`${at}/orders/bulk/handling`, { orderIds: ids, action: 'ship' });
  t.same([tagging.status, shipping.status], [202, 202]);
  await jobs.drain();

  t.match((await team.get(`${at}/orders/bulk/${shipping.body.jobId}`)).body, {
    state: 'done',
    message: '2 changed, 1 left as they are',
  });
  const states = await Promise.all(ids.map(async (id) => (await find(id)).state));
  t.same(states, ['shipped', 'pending', 'shipped']);
  t.same((await find(ids[1]!)).tags, ['fair']);
  t.same(await kinds(ids[0]!), ['placed', 'tagged', 'shipped', 'bulk']);
  await team.post(`${at}/orders/bulk/tags`, { orderIds: ids, action: 'untag', tags: ['fair'] });
  await jobs.drain();
  t.same((await find(ids[1]!)).tags, []);
});

t.test('a tier without it has no changes to many orders at once', async (t) => {
  await shop.kernel.features.setMerchantTier(shop.stores.a.merchantId, 'essential');
  t.teardown(() => shop.kernel.features.setMerchantTier(shop.stores.a.merchantId, 'enterprise'));
  const answer = await team.post(`${at}/orders/bulk/tags`, { orderIds: [1], action: 'tag', tags: ['x'] });
  t.match(answer, { status: 403, body: { code: 'KERNEL_ERR_FEATURE_OFF' } });
});

t.test('a buyer sees an order by its token, and a customer those of the account', async (t) => {
  const ada = await customer('a');
  const { body } = await place({
    customerId: ada.customerId,
    lines: [{ variantId: mug, quantity: 1 }],
    shipTo: ADA,
    note: 'Ring twice',
  });
  const seen = await anonymous('a').get(`/api/shop/orders/${body.token}`);

  t.match(seen, {
    status: 200,
    headers: { 'cache-control': 'private, no-store' },
    body: {
      number: body.number,
      lines: [{ title: 'Mug', amount: 1999 }],
      totals: { total: 1999 },
      shipTo: ADA,
    },
  });
  for (const hidden of ['id', 'tags', 'cartId', 'paymentId', 'customerId', 'channel'])
    t.notOk(hidden in seen.body, hidden);
  t.equal((await anonymous('b').get(`/api/shop/orders/${body.token}`)).status, 404);
  t.equal((await anonymous('a').get(`/api/shop/orders/${'x'.repeat(22)}`)).status, 404);

  const own = await ada.get('/api/shop/account/orders');
  t.match(own.body, { items: [{ number: body.number, amount: 1999 }], next: null });
  t.equal(own.body.items.length, 1);
  t.same((await (await customer('a')).get('/api/shop/account/orders')).body.items, []);
  t.equal((await anonymous('a').get('/api/shop/account/orders')).status, 401);
});

t.test('each may do what the role says, and the other store sees nothing', async (t) => {
  const { body } = await place({ lines: [{ variantId: mug, quantity: 1 }], isPaid: true });
  const order = `${at}/orders/${body.id}`;
  const calls = {
    read: ['get', order],
    write: ['post', `${order}/notes`, { text: 'x' }],
    fulfil: ['post', `${order}/fulfilments`, { lines: [{ lineId: 1, quantity: 1 }] }],
    refund: ['post', `${order}/refunds`, { amount: 999_999, reason: 'x' }],
  } as const;
  const may = async (role: string) => {
    const member = await shop.member('a', role);
    const allowed = [];
    for (const [name, [method, path, sent]] of Object.entries(calls))
      if ((await member[method](path, sent)).status !== 403) allowed.push(name);
    return allowed;
  };
  t.same(await may('manager'), ['read', 'write', 'fulfil', 'refund']);
  t.same(await may('editor'), ['read', 'write', 'fulfil']);
  t.same(await may('fulfilment'), ['read', 'fulfil']);
  t.same(await may('accountant'), ['read', 'refund']);
  t.same(await may('read-only'), ['read']);

  const stranger = await shop.owner('b');
  const elsewhere = order.replace(shop.stores.a.handle, shop.stores.b.handle);
  for (const [method, path, sent] of Object.values(calls)) {
    t.equal((await stranger[method](path, sent)).status, 404);
    t.equal((await stranger[method](path.replace(order, elsewhere), sent)).status, 404);
  }
  t.same((await stranger.get(`/api/stores/${shop.stores.b.handle}/orders`)).body, { items: [], next: null });
});
