import t from 'tap';
import type { Cradle } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import { takeBulkStep } from '../actions/take-bulk-step.ts';

const { anonymous, apiKey, inStore, jobs, kernel, member, owner, stores } = await startTestKernel(t, {
  plugins: ['catalog'],
});
const A = '/api/stores/store-a/products';
const B = '/api/stores/store-b/products';
const inA = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'catalog', work);
const me = await owner('a');
const other = await owner('b');
const titles = (answer: { body: { items: { title: string }[] } }) =>
  answer.body.items.map(({ title }) => title);

t.test('a team makes, reads, changes, copies and removes products', async (t) => {
  const made = await me.post(A, {
    title: 'Oak table',
    variants: [{ amount: 49_900, sku: 'OAK-T', unit: { quantity: 1, unit: 'piece', reference: 1 } }],
    translations: { fr: { title: 'Table en chêne' } },
    publishAt: '2031-01-01T08:00:00Z',
  });
  t.match(made, {
    status: 201,
    body: { version: 1, handle: 'oak-table', state: 'draft', publishAt: '2031-01-01T08:00:00.000Z' },
  });
  const one = `${A}/${made.body.id}`;
  t.same((await me.get(one)).body, made.body);

  const changed = await me.patch(one, {
    version: 1,
    translations: { lb: { title: 'Eechendësch' } },
    publishAt: null,
  });
  t.match(changed, {
    status: 200,
    body: {
      version: 2,
      publishAt: null,
      translations: { fr: { title: 'Table en chêne' }, lb: { title: 'Eechendësch' } },
    },
  });
  t.match(await me.patch(one, { version: 1, title: 'Late' }), {
    status: 409,
    body: { code: 'changed', details: { version: 2, changedBy: /@/ } },
  });
  t.match(await me.post(A, { title: 'x', handle: 'oak-table' }), {
    status: 409,
    body: { code: 'handleTaken' },
  });
  t.match(await me.post(`${one}/duplicate`, { title: 'Oak bench' }), {
    status: 201,
    body: { handle: 'oak-bench' },
  });
  t.equal((await me.delete(one)).status, 204);
  t.equal((await me.get(one)).status, 404);
});

t.test('refuses what is no product, field by field', async (t) => {
  const statusOf = async (body: object) => (await me.post(A, { title: 'x', ...body })).status;
  for (const body of [
    { title: ' ' },
    { price: 1 },
    { storeId: 2 },
    { version: 1 },
    { variants: [] },
    { variants: [{ amount: 1.5 }] },
    { variants: [{ amount: '5' }] },
    { variants: [{ amount: -1 }] },
    { variants: [{ amount: 1e15 }] },
    { variants: [{ amount: 1, onHand: 4 }] },
    {
      variants: [
        {
          amount: 1,
          prices: [{ currency: 'euro', group: '', minQuantity: 1, amount: 1, compareAtAmount: null }],
        },
      ],
    },
    { state: 'public' },
    { publishAt: 'tomorrow' },
    { publishAt: '0000-01-01T00:00:00Z' },
    { publishAt: '2031-12-31T23:59:60Z' },
    { vendor: 'a\0b' },
    { tags: ['half a letter \ud83c'] },
    { translations: { 'not a language': { title: 'x' } } },
  ]) {
    const status = await statusOf(body);
    t.ok(status === 400 || status === 422, `${JSON.stringify(body)} ${status}`);
  }
  t.match(await me.post(A, { title: 'x', variants: [{ amount: 1, barcode: '4006381333930' }] }), {
    status: 422,
    body: { code: 'badBarcode', details: { barcode: '4006381333930' } },
  });
  t.match(await me.post(A, { title: 'x', pictureIds: [1] }), {
    status: 422,
    body: { code: 'unknownPicture' },
  });
});

t.test('nobody gets at the products of another store', async (t) => {
  const made = await me.post(A, { title: 'Ours', state: 'active', variants: [{ amount: 1 }] });
  const theirs = `${B}/${made.body.id}`;
  for (const call of [
    () => other.get(theirs),
    () => other.patch(theirs, { title: 'Theirs' }),
    () => other.delete(theirs),
    () => other.post(`${theirs}/duplicate`, { title: 'Theirs' }),
    () => other.get(`${A}/${made.body.id}`),
    () => other.delete(`${A}/${made.body.id}`),
    () => anonymous('b').get('/api/shop/products/ours'),
  ]) {
    t.equal((await call()).status, 404);
  }
  t.same((await other.get(B)).body, { items: [], next: null });
  t.equal((await anonymous().get(A)).status, 401);
  t.match((await me.get(`${A}/${made.body.id}`)).body, { title: 'Ours', version: 1 });
});

t.test('who may only read does not write', async (t) => {
  const [reader, key] = [await member('a', 'read-only'), await apiKey('a', ['catalog.read'])];
  for (const one of [reader, key]) {
    t.equal((await one.get(A)).status, 200);
    t.equal((await one.post(A, { title: 'x' })).status, 403);
    t.equal((await one.post(`${A}/bulk`, { query: {}, change: { vendor: 'x' } })).status, 403);
  }
});

t.test('lists go on where the page before ended, in every order, each product once', async (t) => {
  await inA(({ catalog }) =>
    catalog.upsert(
      Array.from({ length: 30 }, (_, at) => ({
        handle: `page-${at}`,
        title: `${'ABCab'[at % 5]} page ${at % 7}`,
        vendor: 'Pages',
        tags: [at % 2 ? 'Odd' : 'Even'],
        type: at % 3 ? 'Big' : 'Small',
        state: at % 10 ? 'active' : 'draft',
        variants: [{ amount: (at * 37) % 11, sku: `PAGE-${at}` }],
      })),
    ),
  );
  for (const sort of ['newest', 'oldest', 'title', '-title', 'price', '-price', 'updated']) {
    const seen: { id: number; title: string; minAmount: number }[] = [];
    let cursor = '';
    do {
      const { body } = await me.get(`${A}?vendor=Pages&limit=7&sort=${sort}${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items);
      cursor = body.next ?? '';
    } while (cursor);
    t.equal(new Set(seen.map(({ id }) => id)).size, 30, sort);
    const prices = seen.map(({ minAmount }) => minAmount);
    const names = seen.map(({ title }) => title.toLowerCase());
    if (sort === 'price')
      t.same(
        prices,
        prices.toSorted((one, two) => one - two),
      );
    if (sort === '-price')
      t.same(
        prices,
        prices.toSorted((one, two) => two - one),
      );
    if (sort === 'title') t.same(names, names.toSorted());
    if (sort === '-title') t.same(names, names.toSorted().reverse());
  }
  const { next } = (await me.get(`${A}?limit=2&sort=title`)).body;
  const forged = [
    ['newest', '0000-00-00', 1],
    ['newest', '+275760-01-01T00:00:00Z', 1],
    ['newest', 'Nov 1', '1'],
    ['newest', 5, 1],
  ].map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'));
  for (const cursor of ['nonsense', 'W10', 'bnVsbA', `${next}&sort=price`, ...forged]) {
    t.match(await me.get(`${A}?cursor=${cursor}`), { status: 422, body: { code: 'CATALOG_ERR_CURSOR' } });
  }
});

t.test('lists are narrowed by what people look for', async (t) => {
  const count = async (query: string) =>
    (await me.get(`${A}?vendor=Pages&limit=100&${query}`)).body.items.length;
  t.same(
    await Promise.all(
      [
        'tag=odd',
        'tag=Odd&type=Small',
        'state=draft',
        'minAmount=10',
        'maxAmount=0',
        'text=page-29',
        'text=b%20pag',
        'text=zzz',
        'text=%20',
        'text=!!',
        'type=None',
        'collectionId=1',
      ].map(count),
    ),
    [15, 5, 3, 2, 3, 1, 12, 0, 30, 0, 0, 0],
  );
  t.same(titles(await me.get(`${A}?text=PAGE%2029`)), ['b page 1']);
  const values = await me.get(`${A}/values`);
  t.match(values.body, { types: ['Big', 'Small'], tags: ['even', 'odd'] });
  t.ok(values.body.vendors.includes('Pages'));
});

t.test('visitors see what is on sale, in their language, and nothing that is the team’s', async (t) => {
  await me.post(A, {
    title: 'Blue jug',
    state: 'active',
    vendor: 'Jugs',
    options: [{ name: 'Size' }],
    variants: [
      {
        options: ['Big'],
        amount: 3000,
        costAmount: 900,
        prices: [
          { currency: 'EUR', group: 'trade', minQuantity: 1, amount: 2000, compareAtAmount: null },
          { currency: 'EUR', group: '', minQuantity: 6, amount: 2500, compareAtAmount: null },
        ],
      },
    ],
    translations: { fr: { title: 'Cruche bleue', handle: 'cruche-bleue' } },
  });
  await me.post(A, { title: 'Hidden jug', vendor: 'Jugs' });
  const visitor = anonymous('a');
  const french = { 'accept-language': 'fr-LU,fr;q=0.9' };

  const list = await visitor.get('/api/shop/products?vendor=Jugs', undefined, french);
  t.match(list.body, {
    items: [
      { title: 'Cruche bleue', handle: 'cruche-bleue', minAmount: 3000, currency: 'EUR', isAvailable: true },
    ],
    next: null,
  });
  t.equal(list.body.items.length, 1);
  const page = await visitor.get('/api/shop/products/blue-jug', undefined, french);
  t.match(page, { status: 200, body: { title: 'Cruche bleue', handle: 'cruche-bleue', isAvailable: true } });
  const [variant] = page.body.variants;
  t.match(variant.prices, [{ minQuantity: 6, amount: 2500 }]);
  t.equal(variant.prices.length, 1);
  t.notOk(JSON.stringify([list.body, page.body]).includes('costAmount'));
  t.notOk('version' in page.body || 'translations' in page.body || 'state' in list.body.items[0]);
  t.equal((await visitor.get('/api/shop/products/hidden-jug')).status, 404);
});

t.test('many products are changed at once, as a job that says how far it came', async (t) => {
  await inA(({ catalog }) =>
    catalog.upsert(
      Array.from({ length: 250 }, (_, at) => ({
        handle: `bulk-${at}`,
        title: `Bulk ${at}`,
        vendor: 'Bulk',
        tags: ['old', 'kept'],
        variants: [{ amount: 1000 + at }],
      })),
    ),
  );
  const started = await me.post(`${A}/bulk`, {
    query: { vendor: 'Bulk', tag: 'old' },
    change: {
      removeTags: ['OLD'],
      addTags: ['new'],
      price: { bps: -1000, showsOldPrice: true },
      state: 'active',
    },
  });
  t.match(started, { status: 202, body: { total: 250, jobId: String } });
  const run = `${A}/bulk/${started.body.id}`;
  t.equal((await other.get(run.replace('store-a', 'store-b'))).status, 404);
  t.equal((await other.delete(run.replace('store-a', 'store-b'))).status, 404);
  await jobs.drain();

  t.match((await me.get(run)).body, {
    state: 'done',
    total: 250,
    done: 250,
    changed: 250,
    failed: 0,
    percent: 100,
  });
  const [product] = await inA(({ catalog }) => catalog.productsByHandle(['bulk-249']));
  t.match(product, {
    state: 'active',
    tags: ['kept', 'new'],
    version: 2,
    variants: [{ amount: 1124, compareAtAmount: 1249 }],
  });
  t.match(await me.delete(run), { status: 409, body: { code: 'finished' } });
});

t.test(
  'a bulk change that was stopped in between goes on where it was, and changes no price twice',
  async (t) => {
    const [{ id: bulkId }, before] = await inA(async ({ catalog, database, clock, stores }) => {
      const products = await catalog.productsAfter(0);
      const ids = products.slice(-30).map(({ id }) => id);
      const [row] = await database.query<{ id: number }>(
        `insert into catalog.bulk_changes (store_id, change, query, total, through_id, created_at)
       values ($1, $2, $3, 30, $4, $5) returning id`,
        [stores.current().id, { price: { amount: 100 } }, { ids }, ids.at(-1), clock.now()],
      );
      return [row!, products.slice(-30)] as const;
    });
    await inA(async (services) => {
      await t.rejects(
        services.database.transaction(async () => {
          await takeBulkStep(services, bulkId);
          throw new Error('the process ends before the commit');
        }),
      );
      await takeBulkStep(services, bulkId);
      await takeBulkStep(services, bulkId);
    });
    const after = await inA(({ catalog }) => catalog.productsByHandle(before.map(({ handle }) => handle)));
    t.same(
      after.sort((one, two) => one.id - two.id).map(({ variants }) => variants[0]!.amount),
      before.map(({ variants }) => variants[0]!.amount + 100),
    );
  },
);

t.test('a bulk change can be stopped, and one that cannot be made for a product names it', async (t) => {
  const stopped = await inA(async (services) => {
    const [row] = await services.database.query<{ id: number }>(
      `insert into catalog.bulk_changes (store_id, change, query, total, through_id, created_at)
       values ($1, '{"vendor":"Never"}', '{}', 9, 1000000, $2) returning id`,
      [services.stores.current().id, services.clock.now()],
    );
    return row!.id;
  });
  t.equal((await me.delete(`${A}/bulk/${stopped}`)).status, 204);
  t.equal(await inA((services) => takeBulkStep(services, stopped)), undefined);
  t.match((await me.get(`${A}/bulk/${stopped}`)).body, { state: 'cancelled', done: 0 });
  t.same((await me.get(`${A}?vendor=Never`)).body.items, []);

  await kernel.features.setMerchantTier(stores.a.merchantId, 'essential');
  t.teardown(() => kernel.features.setMerchantTier(stores.a.merchantId, 'enterprise'));
  t.match(await me.post(`${A}/bulk`, { query: {}, change: { vendor: 'x' } }), { status: 403 });
  const started = await inA(({ catalog }) => catalog.productsAfter(0, { limit: 1 }));
  const run = await inA(async (services) => {
    const { startBulk } = await import('../actions/start-bulk.ts');
    return startBulk(services, { query: { ids: [started[0]!.id] }, change: { vendor: 'x' } });
  });
  await jobs.drain();
  t.match((await me.get(`${A}/bulk/${run.id}`)).body, {
    state: 'done',
    changed: 0,
    failed: 1,
    faults: [{ productId: started[0]!.id, refusal: 'overLimit' }],
  });
});
