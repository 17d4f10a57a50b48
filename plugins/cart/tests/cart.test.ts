import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

const world = await startTestKernel(t, {
  plugins: ['cart', 'inventory', 'customers', new URL('./plugins/vouchers', import.meta.url)],
});
const { anonymous, clock, customer, inStore, jobs, kernel } = world;
type Store = 'a' | 'b';
type Answer = Awaited<ReturnType<ReturnType<typeof anonymous>['get']>>;

let count = 0;
/** A product with one variant, and stock where a number is given. */
async function aVariant(
  options: { store?: Store; amount?: number; stock?: number; weightGrams?: number; kind?: 'digital' } = {},
): Promise<{ id: number; productId: number }> {
  const { store = 'a', amount = 1000, stock, weightGrams = 0, kind = 'physical' } = options;
  count += 1;
  return inStore(store, 'cart', async ({ catalog, inventory }) => {
    const made = await catalog.create({
      title: `Cup ${count}`,
      kind,
      state: 'active',
      publishAt: clock.now(),
      variants: [{ amount, weightGrams, requiresShipping: kind === 'physical', sku: `cup-${count}` }],
    });
    if (!made.ok) throw new Error(made.refusal);
    const variantId = made.value.variants[0]!.id;
    if (stock !== undefined) await inventory!.set([{ variantId, onHand: stock }], { reason: 'a test' });
    return { id: variantId, productId: made.value.id };
  });
}

/** A browser that keeps the cart's cookie. */
function aVisitor(
  store: Store = 'a',
  known: { headers?: Readonly<Record<string, string>>; token?: string } = {},
) {
  let token = known.token ?? '';
  const shop = anonymous(store);
  const send =
    (method: 'get' | 'post' | 'patch' | 'delete') =>
    async (path: string, body?: unknown): Promise<Answer> => {
      const session = known.headers?.cookie;
      const cookie = [session, token && `kontor_cart=${token}`].filter(Boolean).join('; ');
      const answer = await shop[method](`/api/shop${path}`, body, {
        ...known.headers,
        ...(cookie && { cookie }),
      });
      const set = [answer.headers['set-cookie'] ?? []].flat().map(String);
      token = set.map((one) => /^kontor_cart=([^;]*)/.exec(one)?.[1]).find(Boolean) ?? token;
      return answer;
    };
  return {
    get: send('get'),
    post: send('post'),
    patch: send('patch'),
    delete: send('delete'),
    add: (variantId: number, quantity = 1, properties?: Record<string, string>) =>
      send('post')('/cart/lines', { variantId, quantity, ...(properties && { properties }) }),
    token: () => token,
  };
}

const lines = ({ body }: Answer) =>
  body.lines.map(({ id, variantId, quantity }: Record<string, number>) => [id, variantId, quantity]);
const problem = ({ status, body }: Answer) => [status, body.code, body.details];

t.test('a visitor without a cart has an empty one, and nothing is kept', async (t) => {
  const answer = await aVisitor().get('/cart');
  t.equal(answer.status, 200);
  t.equal(answer.headers['set-cookie'], undefined);
  t.match(answer.body, { version: 0, currency: 'EUR', itemCount: 0, lines: [], totals: { total: 0 } });
});

t.test('adds to a cart and tells what it costs', async (t) => {
  const cup = await aVariant({ amount: 1999, weightGrams: 350 });
  const visitor = aVisitor();
  const answer = await visitor.add(cup.id, 2, { Name: 'Ada' });
  t.match(
    String(answer.headers['set-cookie']),
    /^kontor_cart=[\w-]{22}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  t.same(answer.body, {
    version: 1,
    currency: 'EUR',
    itemCount: 2,
    lines: [
      {
        id: 1,
        variantId: cup.id,
        productId: cup.productId,
        handle: `cup-${count}`,
        title: `Cup ${count}`,
        variantTitle: '',
        sku: `cup-${count}`,
        options: [],
        picture: null,
        properties: { Name: 'Ada' },
        quantity: 2,
        unitAmount: 1999,
        compareAtAmount: null,
        subtotal: 3998,
        discount: 0,
        total: 3998,
      },
    ],
    note: '',
    attributes: {},
    discountCodes: [],
    refusedCodes: [],
    discounts: [],
    totals: {
      taxIncluded: true,
      subtotal: 3998,
      discount: 0,
      net: 3417,
      tax: 581,
      total: 3998,
      taxes: [{ rateBps: 1700, net: 3417, tax: 581 }],
    },
    requiresShipping: true,
    weightGrams: 700,
    notices: [],
  });
  t.same((await visitor.get('/cart')).body, answer.body, 'and tells the same again');
});

t.test('the token is kept as a hash only', async (t) => {
  const visitor = aVisitor();
  await visitor.add((await aVariant()).id);
  const rows = await kernel.database.platform.query<{ found: boolean }>(
    `select exists (select 1 from cart.carts c where c::text like $1)
       or exists (select 1 from cart.tokens k where k::text like $1) as found`,
    [`%${visitor.token()}%`],
  );
  t.same(rows, [{ found: false }]);
});

t.test('the same thing again is one line; several come at once, all or none', async (t) => {
  const [cup, plate] = [await aVariant(), await aVariant({ stock: 1 })];
  const visitor = aVisitor();
  await visitor.add(cup.id);
  await visitor.add(cup.id, 2);
  const both = await visitor.post('/cart/lines', {
    lines: [{ variantId: plate.id }, { variantId: cup.id, quantity: 1, properties: { Gift: 'yes' } }],
  });
  const expected = [
    [1, cup.id, 3],
    [2, plate.id, 1],
    [3, cup.id, 1],
  ];
  t.same(lines(both), expected);
  const refused = await visitor.post('/cart/lines', {
    lines: [{ variantId: cup.id }, { variantId: plate.id, quantity: 5 }],
  });
  t.same(problem(refused), [
    409,
    'outOfStock',
    { lines: [{ variantId: plate.id, wanted: 6, available: 1 }] },
  ]);
  t.same(lines(await visitor.get('/cart')), expected);
});

t.test('what is no quantity is refused in words', async (t) => {
  const cup = await aVariant();
  const visitor = aVisitor();
  for (const quantity of [0, -1, 1.5, 1e9, '2', [2], null, true, { $gt: 0 }]) {
    const { status, body } = await visitor.post('/cart/lines', { variantId: cup.id, quantity });
    t.match([status, body.detail], [422, /quantity/], JSON.stringify(quantity));
  }
  t.same((await visitor.get('/cart')).body.lines, []);
  await visitor.add(cup.id);
  for (const quantity of [-1, 1.5, 1e9, '2', [2]]) {
    t.match(await visitor.patch('/cart/lines/1', { quantity }), {
      status: 422,
      body: { detail: /quantity/ },
    });
    t.match(await visitor.patch('/cart', { quantities: { 1: quantity } }), { status: 422 });
  }
  t.equal((await visitor.post('/cart/lines', {})).body.code, 'badAddition');
  t.equal(
    (await visitor.post('/cart/lines', { variantId: cup.id, lines: [{ variantId: cup.id }] })).status,
    422,
  );
  t.same(lines(await visitor.get('/cart')), [[1, cup.id, 1]]);
});

t.test('nobody names a price', async (t) => {
  const cup = await aVariant();
  const visitor = aVisitor();
  await visitor.add(cup.id);
  for (const field of [
    'price',
    'unitAmount',
    'total',
    'currency',
    'discount',
    'tax',
    'storeId',
    'customerId',
  ]) {
    const told = { [field]: 1 };
    const tried = await Promise.all([
      visitor.post('/cart/lines', { variantId: cup.id, ...told }),
      visitor.post('/cart/lines', { lines: [{ variantId: cup.id, ...told }] }),
      visitor.patch('/cart/lines/1', { quantity: 2, ...told }),
      visitor.patch('/cart', { note: 'x', ...told }),
    ]);
    t.same(
      tried.map(({ status }) => status),
      [422, 422, 422, 422],
      field,
    );
  }
  t.match((await visitor.get('/cart')).body, { version: 1, note: '', totals: { total: 1000 } });
});

t.test('a price is never old', async (t) => {
  const cup = await aVariant({ amount: 1000 });
  const visitor = aVisitor();
  await visitor.add(cup.id, 2);
  await inStore('a', 'cart', ({ catalog }) =>
    catalog.update(cup.productId, { variants: [{ id: cup.id, amount: 1250 }] }),
  );
  t.match((await visitor.get('/cart')).body, {
    lines: [{ unitAmount: 1250, total: 2500 }],
    totals: { total: 2500 },
  });
});

t.test('tells what is gone and what is short, and lets the buyer take it out', async (t) => {
  const [cup, plate] = [await aVariant({ stock: 5 }), await aVariant()];
  const visitor = aVisitor();
  await visitor.post('/cart/lines', { lines: [{ variantId: cup.id, quantity: 4 }, { variantId: plate.id }] });
  await inStore('a', 'cart', async ({ catalog, inventory }) => {
    await inventory!.set([{ variantId: cup.id, onHand: 2 }], { reason: 'a test' });
    await catalog.update(plate.productId, { state: 'draft' });
  });
  const told = (await visitor.get('/cart')).body;
  t.same(told.notices, [
    { code: 'gone', variantId: plate.id },
    { code: 'lowered', variantId: cup.id, available: 2 },
  ]);
  t.equal(told.totals.total, 4000, 'what is gone costs nothing');
  t.same(problem(await visitor.patch('/cart/lines/1', { quantity: 5 })), [
    409,
    'outOfStock',
    { lines: [{ variantId: cup.id, wanted: 5, available: 2 }] },
  ]);
  t.equal((await visitor.add(plate.id)).body.code, 'notForSale');
  t.equal((await visitor.patch('/cart/lines/1', { quantity: 3 })).status, 200, 'less is always possible');
  await visitor.patch('/cart/lines/1', { quantity: 2 });
  t.match((await visitor.delete('/cart/lines/2')).body, { notices: [], totals: { total: 2000 } });
});

t.test('sells past zero where back-orders are allowed, and what nobody counts', async (t) => {
  const [cup, song] = [await aVariant({ stock: 0 }), await aVariant({ kind: 'digital' })];
  const visitor = aVisitor();
  t.equal((await visitor.add(cup.id)).body.code, 'outOfStock');
  await inStore('a', 'cart', ({ inventory }) =>
    inventory!.set([{ variantId: cup.id, onHand: 0, isBackOrderAllowed: true }], { reason: 'a test' }),
  );
  t.equal((await visitor.add(cup.id, 3)).status, 200);
  const alone = await aVisitor().add(song.id, 40);
  t.match(alone.body, { requiresShipping: false, itemCount: 40 });
});

t.test('changes note, attributes, codes and quantities in one go, or nothing', async (t) => {
  const cup = await aVariant();
  const visitor = aVisitor();
  await visitor.add(cup.id);
  const changed = await visitor.patch('/cart', {
    note: 'Ring twice',
    attributes: { Wrapping: 'paper' },
    discountCodes: ['TEN', 'ten ', 'NONE'],
    quantities: { 1: 3 },
  });
  t.match(changed.body, {
    note: 'Ring twice',
    attributes: { Wrapping: 'paper' },
    discountCodes: ['TEN', 'NONE'],
    refusedCodes: [{ code: 'NONE', reason: 'unknownCode' }],
    discounts: [{ key: 'ten', title: 'Ten per cent', amount: 300 }],
    totals: { subtotal: 3000, discount: 300, total: 2700 },
  });
  t.match(await visitor.patch('/cart', { note: 'Other', quantities: { 1: 4, 9: 1 } }), {
    status: 404,
    body: { code: 'lineNotFound', details: { lines: [9] } },
  });
  t.match((await visitor.get('/cart')).body, { note: 'Ring twice', itemCount: 3 });
  t.match((await visitor.patch('/cart', { discountCodes: [] })).body, {
    discounts: [],
    totals: { total: 3000 },
  });
});

t.test('a discount that names what is not there is left out', async (t) => {
  const visitor = aVisitor();
  await visitor.add((await aVariant()).id);
  t.match((await visitor.patch('/cart', { discountCodes: ['LOST', 'TEN'] })).body, {
    discounts: [{ key: 'ten' }],
    totals: { total: 900 },
  });
});

t.test('a guard may refuse, with its reason', async (t) => {
  const cup = await aVariant();
  const visitor = aVisitor();
  const refused = [422, 'refused', { reason: 'tooManyAtOnce', most: 50 }];
  t.same(problem(await visitor.add(cup.id, 51)), refused);
  await visitor.add(cup.id, 30);
  t.same(problem(await visitor.patch('/cart/lines/1', { quantity: 90 })), refused, 'by a change as well');
  t.equal((await visitor.add(cup.id, 30)).body.itemCount, 60);
});

t.test('takes lines out, one or all', async (t) => {
  const [cup, plate] = [await aVariant(), await aVariant()];
  const visitor = aVisitor();
  await visitor.post('/cart/lines', { lines: [{ variantId: cup.id }, { variantId: plate.id }] });
  t.same(lines(await visitor.patch('/cart/lines/1', { quantity: 0 })), [[2, plate.id, 1]]);
  t.equal((await visitor.delete('/cart/lines/1')).status, 404);
  t.same(lines(await visitor.delete('/cart')), []);
  t.equal((await visitor.get('/cart')).status, 200);
});

t.test('text that no database keeps is refused, never an accident', async (t) => {
  const cup = await aVariant();
  const visitor = aVisitor();
  t.equal((await visitor.add(cup.id, 1, { Name: 'a\0b' })).status, 422);
  t.equal((await visitor.add(cup.id, 1, { 'a\nb': 'x' })).status, 422);
  t.equal((await visitor.add(cup.id, 1, { Name: 'a\ud800b' })).status, 422);
  t.equal((await visitor.patch('/cart', { note: '\0' })).status, 422);
  t.equal((await visitor.patch('/cart', { note: '\udfff', attributes: { a: '\ud800' } })).status, 422);
});

t.test('a token of one store is nothing in the other, nor is a variant', async (t) => {
  const cup = await aVariant();
  const visitor = aVisitor();
  await visitor.add(cup.id);
  const there = aVisitor('b', { token: visitor.token() });
  t.match((await there.get('/cart')).body, { version: 0, lines: [] });
  t.same(
    await Promise.all([
      there.patch('/cart/lines/1', { quantity: 2 }),
      there.delete('/cart/lines/1'),
      there.patch('/cart', { note: 'mine' }),
      there.delete('/cart'),
      there.add(cup.id),
    ]).then((answers) => answers.map(({ status, body }) => [status, body.code])),
    [
      [404, 'noCart'],
      [404, 'noCart'],
      [404, 'noCart'],
      [404, 'noCart'],
      [404, 'unknownVariant'],
    ],
  );
  t.equal(there.token(), visitor.token(), 'and no cart was made for it');
  t.match((await visitor.get('/cart')).body, { version: 1, note: '', itemCount: 1 });
});

t.test('twenty additions at once lose nothing', async (t) => {
  const [cup, plate] = [await aVariant(), await aVariant()];
  const visitor = aVisitor();
  await visitor.add(cup.id);
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, at) => visitor.add(at % 2 ? cup.id : plate.id)),
  );
  t.ok(all.every(({ status }) => status === 200));
  t.same((await visitor.get('/cart')).body.itemCount, 21);
  t.same(
    lines(await visitor.get('/cart')).map(([, , quantity]: number[]) => quantity),
    [11, 10],
  );
});

t.test('an ordered cart is closed; the next thing begins a new one', async (t) => {
  const cup = await aVariant();
  const visitor = aVisitor();
  await visitor.add(cup.id);
  const before = visitor.token();
  await inStore('a', 'cart', async ({ carts, database }) => {
    const { id } = (await carts.byToken(before))!;
    await database.transaction(async () => {
      t.match(await carts.lock(id), { state: 'open', totals: { total: 1000 }, notices: [] });
      await carts.markOrdered(id, 99);
      t.match(await carts.lock(id), {
        state: 'ordered',
        lines: [{ quantity: 1, variant: null }],
        totals: { total: 0 },
      });
    });
    await t.rejects(carts.markOrdered(id, 100), { code: 'CART_ERR_NOT_OPEN' });
    t.same(await carts.add(before, [{ variantId: cup.id, quantity: 1 }]), {
      ok: false,
      refusal: 'ordered',
      details: {},
    });
  });
  t.match((await visitor.get('/cart')).body, { version: 0, lines: [] });
  t.match(await visitor.patch('/cart/lines/1', { quantity: 2 }), { status: 409, body: { code: 'ordered' } });
  t.match(await visitor.add(cup.id, 2), { status: 200, body: { version: 1, itemCount: 2 } });
  t.not(visitor.token(), before);
});

t.test('keeps the cart when the guest signs in, with what they had before', async (t) => {
  const [cup, plate, rare] = [await aVariant(), await aVariant(), await aVariant({ stock: 2 })];
  const ada = await customer('a');
  const laptop = aVisitor('a', { headers: ada.headers });
  await laptop.post('/cart/lines', { lines: [{ variantId: cup.id }, { variantId: rare.id, quantity: 2 }] });
  const guest = aVisitor();
  await guest.post('/cart/lines', {
    lines: [{ variantId: cup.id, quantity: 2 }, { variantId: plate.id }, { variantId: rare.id }],
  });

  const phone = aVisitor('a', { headers: ada.headers, token: guest.token() });
  const claimed = await phone.post('/cart/claim', {});
  t.same(lines(claimed), [
    [1, cup.id, 3],
    [2, plate.id, 1],
    [3, rare.id, 3],
  ]);
  t.same(claimed.body.notices, [{ code: 'lowered', variantId: rare.id, available: 2 }]);
  t.equal(phone.token(), guest.token());
  t.same((await laptop.get('/cart')).body, claimed.body, 'the other device has the same cart');
  t.same((await phone.post('/cart/claim', {})).body, claimed.body, 'claiming again changes nothing');

  const tablet = aVisitor('a', { headers: ada.headers });
  t.same(lines(await tablet.post('/cart/claim', {})), lines(claimed), 'a new device finds it');
});

t.test('a cart of somebody else who used this browser stays theirs', async (t) => {
  const cup = await aVariant();
  const [ada, bob] = [await customer('a'), await customer('a')];
  const first = aVisitor('a', { headers: ada.headers });
  await first.add(cup.id, 5);
  const second = aVisitor('a', { headers: bob.headers, token: first.token() });
  t.match((await second.get('/cart')).body, { version: 0, lines: [] }, 'not even to be seen');
  t.equal((await second.patch('/cart/lines/1', { quantity: 1 })).status, 404);
  t.equal((await second.add(cup.id)).body.itemCount, 1);
  t.not(second.token(), first.token());
  t.equal((await first.get('/cart')).body.itemCount, 5);
  const anonymousAgain = aVisitor('a', { token: first.token() });
  t.equal((await anonymousAgain.post('/cart/claim', {})).status, 401);
});

t.test('a customer who adds something has their guest cart as well', async (t) => {
  const [cup, plate] = [await aVariant(), await aVariant()];
  const guest = aVisitor();
  await guest.add(cup.id);
  const ada = await customer('a');
  const signedIn = aVisitor('a', { headers: ada.headers, token: guest.token() });
  t.same(lines(await signedIn.add(plate.id)), [
    [1, cup.id, 1],
    [2, plate.id, 1],
  ]);
});

t.test('two devices that sign in at once neither lose nor double anything', async (t) => {
  const cup = await aVariant();
  const ada = await customer('a');
  const guests = [aVisitor(), aVisitor(), aVisitor()];
  for (const guest of guests) await guest.add(cup.id);
  const devices = guests.map((guest) => aVisitor('a', { headers: ada.headers, token: guest.token() }));
  for (let round = 0; round < 4; round += 1) {
    const all = await Promise.all(
      devices.flatMap((device) => [device.post('/cart/claim', {}), device.add(cup.id)]),
    );
    t.ok(all.every(({ status }) => status === 200));
  }
  for (const device of devices) await device.post('/cart/claim', {});
  t.same(lines(await devices[0]!.get('/cart')), [[1, cup.id, 15]]);
  t.same((await devices[2]!.get('/cart')).body, (await devices[0]!.get('/cart')).body);
});

t.test('what is added to a cart while its lines go on goes along', async (t) => {
  const cup = await aVariant();
  const ada = await customer('a');
  const laptop = aVisitor('a', { headers: ada.headers });
  await laptop.add(cup.id);
  const phone = aVisitor();
  await phone.add(cup.id);
  const [claimed, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const claiming = inStore('a', 'cart', ({ carts, database }) =>
    database.transaction(async () => {
      await carts.claim(phone.token(), ada.customerId);
      claimed.resolve();
      await goOn.promise;
    }),
  );
  await claimed.promise;
  const adding = laptop.add(cup.id, 3);
  while (!(await isSomebodyWaiting()));
  goOn.resolve();
  await claiming;
  t.same(lines(await adding), [[1, cup.id, 5]]);
  t.same(lines(await phone.get('/cart')), [[1, cup.id, 5]]);
});

t.test('a payment of a cart whose lines went on finds what it pays for', async (t) => {
  const cup = await aVariant();
  const ada = await customer('a');
  const laptop = aVisitor('a', { headers: ada.headers });
  await laptop.add(cup.id);
  const id = await inStore('a', 'cart', async ({ carts }) => (await carts.byToken(laptop.token()))!.id);
  const phone = aVisitor();
  await phone.add(cup.id);
  await aVisitor('a', { headers: ada.headers, token: phone.token() }).post('/cart/claim', {});
  await inStore('a', 'cart', async ({ carts, database }) =>
    database.transaction(async () => {
      t.match(await carts.lock(id), { id, state: 'open', lines: [{ quantity: 1 }], totals: { total: 1000 } });
      await carts.markOrdered(id, 7);
    }),
  );
  t.equal((await laptop.get('/cart')).body.itemCount, 2);
});

t.test('a checkout gets all that the total depends on', async (t) => {
  const [cup, plate] = [await aVariant({ amount: 1000 }), await aVariant({ amount: 500 })];
  const visitor = aVisitor();
  await visitor.post('/cart/lines', { lines: [{ variantId: cup.id, quantity: 2 }, { variantId: plate.id }] });
  await visitor.patch('/cart', { discountCodes: ['TEN'] });
  await inStore('a', 'cart', async ({ carts, totals }) => {
    const cart = (await carts.byToken(visitor.token()))!;
    t.match(cart.trace, [{ hook: 'cart.adjustments', plugin: 'vouchers', version: '1.0.0' }]);
    const shipping = { title: 'Post', amount: 590 };
    const input = await carts.totalsInput(cart, { shipTo: { country: 'LU' }, shipping });
    t.same(input, {
      currency: 'EUR',
      taxIncluded: true,
      taxRounding: 'line',
      lines: [
        { key: '1', unitAmount: 1000, quantity: 2, rateBps: 1700 },
        { key: '2', unitAmount: 500, quantity: 1, rateBps: 1700 },
      ],
      discounts: [{ key: 'ten', title: 'Ten per cent', kind: 'percent', value: 1000 }],
      shipping: { title: 'Post', amount: 590, rateBps: null },
    });
    t.equal(totals.calculate(input).total, 2250 + 590);
    const abroad = await carts.totalsInput(cart, { shipTo: { country: 'CH' } });
    t.same(
      abroad.lines.map(({ rateBps }) => rateBps),
      [0, 0],
    );
    t.equal(abroad.shipping, null);
  });
});

t.test('a lock waits for a change, and sees it', async (t) => {
  const cup = await aVariant();
  const visitor = aVisitor();
  await visitor.add(cup.id);
  const [locked, goOn] = [Promise.withResolvers<number>(), Promise.withResolvers<void>()];
  const changed = inStore('a', 'cart', async ({ carts, database }) => {
    const { id } = (await carts.byToken(visitor.token()))!;
    await database.transaction(async () => {
      await carts.lock(id);
      locked.resolve(id);
      await goOn.promise;
      await carts.add(visitor.token(), [{ variantId: cup.id, quantity: 4 }]);
    });
  });
  const id = await locked.promise;
  const seen = inStore('a', 'cart', ({ carts, database }) =>
    database.transaction(async () => (await carts.lock(id))?.lines[0]?.quantity),
  );
  while (!(await isSomebodyWaiting()));
  goOn.resolve();
  await changed;
  t.equal(await seen, 5);
});

async function isSomebodyWaiting(): Promise<boolean> {
  const sql = `select count(*) as waiting from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where not l.granted and a.datname = current_database()`;
  return (await kernel.database.platform.query<{ waiting: number }>(sql))[0]!.waiting > 0;
}

t.test('drops what nobody has touched for as long as the store keeps it', async (t) => {
  const cup = await aVariant();
  const [old, fresh] = [aVisitor(), aVisitor()];
  await old.add(cup.id);
  await inStore('a', 'cart', ({ settings }) => settings.set({ keepDays: 7 }));
  clock.move(6 * 24 * 3_600_000);
  await fresh.add(cup.id);
  clock.move(2 * 24 * 3_600_000);
  await jobs.drain();
  t.equal((await old.get('/cart')).body.version, 0);
  t.equal((await fresh.get('/cart')).body.version, 1);
  t.equal((await old.add(cup.id)).status, 200);
});
