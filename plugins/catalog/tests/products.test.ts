import t from 'tap';
import type { Cradle, Product, ProductInput, Result } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import { defineMetafield } from '../services/metafield-definitions.ts';

const { clock, inStore, jobs, kernel, stores } = await startTestKernel(t, {
  plugins: ['catalog', new URL('./plugins/listener', import.meta.url)],
});
const inA = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'catalog', work);
const inB = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('b', 'catalog', work);
const given = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`${result.refusal} ${JSON.stringify(result.details)}`);
  return result.value;
};
const create = (input: ProductInput) => inA(async ({ catalog }) => given(await catalog.create(input)));
const refusal = async (answer: Promise<Result<unknown>>) => {
  const result = await answer;
  return result.ok ? 'ok' : result.refusal;
};
const aField = {
  namespace: 'custom',
  key: 'material',
  type: 'single_line_text',
  name: 'Material',
  description: '',
  validations: {},
};
const materialOf = (value: string) => ({ namespace: 'custom', key: 'material', value });
const DAY = 24 * 3_600_000; // ms

t.test('keeps a product as it was given, in every language', async (t) => {
  const product = await create({
    title: 'Linen shirt',
    state: 'active',
    vendor: 'Atelier',
    type: 'Shirts',
    tags: ['Summer'],
    description: '<p>Light.</p>',
    options: [{ name: 'Size' }],
    variants: [
      { amount: 4900, options: ['S'], sku: 'LS-S', barcode: '4006381-333931', costAmount: 2000 },
      { amount: 5900, options: ['M'], sku: 'LS-M', compareAtAmount: 6900, weightGrams: 240 },
    ],
    translations: { fr: { title: 'Chemise en lin', handle: 'chemise-en-lin' } },
  });

  t.same(product, await inA(({ catalog }) => catalog.product(product.id)));
  const { id, createdAt, updatedAt, publishAt, variants, ...others } = product;
  t.same([createdAt, publishAt], [updatedAt, updatedAt]);
  t.same(others, {
    version: 1,
    handle: 'linen-shirt',
    kind: 'physical',
    state: 'active',
    unpublishAt: null,
    title: 'Linen shirt',
    description: '<p>Light.</p>',
    vendor: 'Atelier',
    type: 'Shirts',
    tags: ['Summer'],
    taxClass: 'standard',
    seo: { title: '', description: '' },
    safety: {},
    options: [{ name: 'Size', values: ['S', 'M'] }],
    pictures: [],
    translations: { fr: { title: 'Chemise en lin', handle: 'chemise-en-lin' } },
    collectionIds: [],
  });
  t.same(variants[1], {
    id: variants[1]!.id,
    title: 'M',
    options: ['M'],
    sku: 'LS-M',
    barcode: '',
    mpn: '',
    amount: 5900,
    compareAtAmount: 6900,
    costAmount: null,
    weightGrams: 240,
    requiresShipping: true,
    pictureId: null,
    unit: null,
    position: 2,
    prices: [],
  });
  for (const handle of ['linen-shirt', 'chemise-en-lin']) {
    t.match(await inA(({ catalog }) => catalog.productByHandle(handle, { locale: 'fr' })), {
      id,
      title: 'Chemise en lin',
      handle: 'chemise-en-lin',
    });
  }
  t.equal(await inB(({ catalog }) => catalog.product(id)), undefined);
  t.equal(await inB(({ catalog }) => catalog.productByHandle('linen-shirt')), undefined);
});

t.test('shows a product from its time on, and no longer than it should', async (t) => {
  const inDays = (days: number) => new Date(clock.now().getTime() + days * DAY);
  const product = await create({
    title: 'Advent wreath',
    state: 'active',
    publishAt: inDays(1),
    unpublishAt: inDays(3),
    variants: [{ amount: 3000 }],
  });
  const seen = () =>
    inA(async ({ catalog }) => [
      (await catalog.productByHandle('advent-wreath')) !== undefined,
      (await catalog.cards({ ids: [product.id], isVisible: true })).cards.length === 1,
      (
        await catalog.sellable({
          lines: [{ variantId: product.variants[0]!.id, quantity: 1 }],
          currency: 'EUR',
        })
      )[0]!.isForSale,
    ]);

  t.same(await seen(), [false, false, false]);
  clock.move(DAY + 1000);
  t.same(await seen(), [true, true, true]);
  clock.move(2 * DAY);
  t.same(await seen(), [false, false, false]);
  t.match(await inA(({ catalog }) => catalog.product(product.id)), { state: 'active' });
});

t.test('refuses a change that was made from an older version, and says who was faster', async (t) => {
  const { id, version } = await create({ title: 'Vase', variants: [{ amount: 100 }] });
  const first = await inA(({ catalog }) => catalog.update(id, { version, title: 'Blue vase' }));
  t.match(first, { ok: true, value: { version: 2, title: 'Blue vase', handle: 'vase' } });

  const second = await inA(({ catalog }) => catalog.update(id, { version, title: 'Red vase' }));
  t.match(second, {
    refusal: 'changed',
    details: { version: 2, changedBy: 'a test', changedAt: first.ok && first.value.updatedAt },
  });
  t.match(await inA(({ catalog }) => catalog.product(id)), { title: 'Blue vase' });
  t.match(await inA(({ catalog }) => catalog.update(id, { vendor: 'Ceramics' })), { value: { version: 3 } });
  t.match(
    await inA(({ catalog }) => catalog.update(id, { vendor: 'Ceramics', tags: [] })),
    { value: { version: 3 } },
    'what changes nothing makes no version',
  );
  t.equal(await refusal(inB(({ catalog }) => catalog.update(id, { title: 'Stolen' }))), 'notFound');
});

t.test(
  'gives an address to one product only, over all languages, and remembers the ones before',
  async (t) => {
    const tea = await create({ title: 'Tea', handle: 'tea', state: 'active', variants: [{ amount: 1 }] });
    t.equal((await create({ title: 'Tea' })).handle, 'tea-2');
    t.equal(
      await refusal(inA(({ catalog }) => catalog.create({ title: 'x', handle: 'Tea' }))),
      'handleTaken',
    );
    t.equal(
      await refusal(
        inA(({ catalog }) => catalog.create({ title: 'x', translations: { fr: { handle: 'tea' } } })),
      ),
      'handleTaken',
    );
    t.equal(given(await inB(({ catalog }) => catalog.create({ title: 'Tea' }))).handle, 'tea');

    await inA(({ catalog }) => catalog.update(tea.id, { handle: 'green-tea' }));
    t.match(await inA(({ catalog }) => catalog.productByHandle('tea')), { id: tea.id, handle: 'green-tea' });

    const other = await create({ title: 'Black tea', handle: 'tea', state: 'active' });
    t.match(await inA(({ catalog }) => catalog.productByHandle('tea')), { id: other.id }, 'given away');
    t.match(await inA(({ catalog }) => catalog.productByHandle('green-tea')), { id: tea.id });
  },
);

t.test('gives a SKU to one variant only, and lets variants swap theirs', async (t) => {
  const cup = await create({
    title: 'Cup',
    options: [{ name: 'Colour' }],
    variants: [
      { amount: 1, options: ['Red'], sku: 'CUP-1' },
      { amount: 2, options: ['Blue'], sku: 'CUP-2' },
      { amount: 3, options: ['Green'], sku: 'CUP-3' },
    ],
  });
  const [red, blue] = cup.variants as [Product['variants'][0], Product['variants'][0]];
  t.equal(
    await refusal(
      inA(({ catalog }) => catalog.create({ title: 'x', variants: [{ amount: 1, sku: 'CUP-1' }] })),
    ),
    'skuTaken',
  );
  t.equal(
    await refusal(
      inB(({ catalog }) => catalog.create({ title: 'x', variants: [{ amount: 1, sku: 'CUP-1' }] })),
    ),
    'ok',
  );
  const swapped = given(
    await inA(({ catalog }) =>
      catalog.update(cup.id, {
        variants: [
          { id: red.id, amount: 1, sku: 'CUP-2' },
          { id: blue.id, amount: 2, sku: 'CUP-1' },
          { amount: 4, options: ['White'], sku: 'CUP-3' },
        ],
      }),
    ),
  );
  t.same(
    swapped.variants.map(({ sku, title }) => [title, sku]),
    [
      ['Red', 'CUP-2'],
      ['Blue', 'CUP-1'],
      ['White', 'CUP-3'],
    ],
  );
  t.same(swapped.options, [{ name: 'Colour', values: ['Red', 'Blue', 'White'] }]);
});

t.test('makes and changes many at once, and refuses those that cannot be without the others', async (t) => {
  await inA(({ catalog }) =>
    catalog.upsert([{ handle: 'pen', title: 'Pen', variants: [{ amount: 200, sku: 'PEN' }] }]),
  );
  const results = await inA(({ catalog }) =>
    catalog.upsert([
      { handle: 'pen', title: 'Fountain pen' },
      { handle: 'ink', title: 'Ink', variants: [{ amount: 500, sku: 'INK' }] },
      { handle: 'ink', title: 'Ink again' },
      { handle: 'paper', title: 'Paper', variants: [{ amount: 900, sku: 'PEN' }] },
      { handle: 'pad', title: 'Pad', variants: [{ amount: 900, barcode: '12' }] },
      { handle: 'Blotter', title: 'Blotter' },
    ]),
  );
  t.match(results, [
    { ok: true, value: { isNew: false, isChanged: true } },
    { ok: true, value: { isNew: true, isChanged: true } },
    { ok: false, refusal: 'handleTaken' },
    { ok: false, refusal: 'skuTaken', details: { sku: 'PEN' } },
    { ok: false, refusal: 'badBarcode' },
    { ok: true, value: { isNew: true } },
  ]);
  const same = await inA(({ catalog }) =>
    catalog.upsert([
      { handle: 'pen', title: 'Fountain pen' },
      { handle: 'ink', title: 'Ink', variants: [{ amount: 500, sku: 'INK' }] },
    ]),
  );
  t.match(same, [{ value: { isChanged: false } }, { value: { isChanged: false } }]);
  const [pen, ink] = await inA(({ catalog }) => catalog.productsByHandle(['ink', 'pen', 'nothing'])).then(
    (found) => found.sort((one, other) => one.id - other.id),
  );
  t.match(
    [pen, ink],
    [
      { title: 'Fountain pen', version: 2 },
      { title: 'Ink', version: 1 },
    ],
  );
  t.match(await inA(({ catalog }) => catalog.productsAfter(pen!.id, { limit: 1 })), [{ id: ink!.id }]);
});

t.test('two who upsert the same products at once make each one once', async (t) => {
  const inputs = Array.from({ length: 20 }, (_, at) => ({
    handle: `race-${at}`,
    title: `Race ${at}`,
    variants: [{ amount: at, sku: `RACE-${at}` }],
  }));
  const both = await Promise.all(
    [inputs, inputs.toReversed()].map((all) => inA(({ catalog }) => catalog.upsert(all))),
  );
  const made = both.flat().filter((result) => result.ok && result.value.isNew);
  t.equal(made.length, 20);
  t.ok(both.flat().every(({ ok }) => ok));
});

t.test('prices variants for a buyer, a line at a time', async (t) => {
  const { variants, id } = await create({
    title: 'Candle',
    state: 'active',
    kind: 'physical',
    vendor: 'Wax',
    options: [{ name: 'Scent' }],
    variants: [
      {
        amount: 1000,
        options: ['Pine'],
        prices: [
          { currency: 'EUR', group: '', minQuantity: 10, amount: 900, compareAtAmount: null },
          { currency: 'CHF', group: '', minQuantity: 1, amount: 1100, compareAtAmount: null },
        ],
      },
    ],
    translations: { de: { title: 'Kerze', options: [{ name: 'Duft', values: ['Kiefer'] }] } },
  });
  const variantId = variants[0]!.id;
  const ask = (currency: string) =>
    inA(({ catalog }) =>
      catalog.sellable({
        currency,
        locale: 'de',
        lines: [
          { variantId, quantity: 10 },
          { variantId: 999_999, quantity: 1 },
          { variantId, quantity: 1 },
        ],
      }),
    );
  const answers = await ask('EUR');
  t.same(answers[0], {
    variantId,
    productId: id,
    handle: 'candle',
    kind: 'physical',
    title: 'Kerze',
    variantTitle: 'Kiefer',
    options: [{ name: 'Duft', value: 'Kiefer' }],
    sku: '',
    vendor: 'Wax',
    type: '',
    taxClass: 'standard',
    weightGrams: 0,
    requiresShipping: true,
    picture: null,
    unitAmount: 900,
    compareAtAmount: null,
    isForSale: true,
  });
  t.same(
    answers.map(({ unitAmount }) => unitAmount),
    [900, 1000],
  );
  t.match(await ask('CHF'), [{ unitAmount: 1100 }, { unitAmount: 1100 }]);
  t.match(await ask('USD'), [{ unitAmount: 0, isForSale: false }, { isForSale: false }]);
  const lines = [{ variantId, quantity: 1 }];
  t.same(await inB(({ catalog }) => catalog.sellable({ lines, currency: 'EUR' })), []);
});

t.test('remembers what a variant cost, for thirty days before a reduction', async (t) => {
  const { id, variants } = await create({ title: 'Lamp', variants: [{ amount: 10_000 }] });
  const variantId = variants[0]!.id;
  const priced = async (amount: number) => {
    given(await inA(({ catalog }) => catalog.update(id, { variants: [{ id: variantId, amount }] })));
    return inA(({ catalog }) => catalog.lowestRecentAmount(variantId));
  };
  t.equal(await inA(({ catalog }) => catalog.lowestRecentAmount(variantId)), 10_000);
  clock.move(10 * DAY);
  t.equal(await priced(9000), 10_000);
  clock.move(20 * DAY);
  t.equal(await priced(11_000), 9000);
  clock.move(40 * DAY);
  t.equal(await priced(8000), 11_000);
  const handle = 'lamp';
  const shown = async (isWithLowest: boolean) =>
    (await inA(({ catalog }) => catalog.productByHandle(handle, { isWithLowest })))!.variants[0]!;
  given(await inA(({ catalog }) => catalog.update(id, { state: 'active', handle })));
  t.notOk('lowestRecentAmount' in (await shown(true)), 'nothing is named where nothing is reduced');
  const reduced = { id: variantId, amount: 8000, compareAtAmount: 11_000 };
  given(await inA(({ catalog }) => catalog.update(id, { variants: [reduced] })));
  t.match(await shown(true), { amount: 8000, lowestRecentAmount: 11_000 });
  t.notOk('lowestRecentAmount' in (await shown(false)));
  t.equal(await inB(({ catalog }) => catalog.lowestRecentAmount(variantId)), null);
  t.equal(await inA(({ catalog }) => catalog.lowestRecentAmount(variantId, 'USD')), null);
});

t.test('copies a product as a draft that takes nothing away from it', async (t) => {
  const { id } = await create({
    title: 'Bowl',
    state: 'active',
    variants: [{ amount: 700, sku: 'BOWL', barcode: '96385074' }],
    translations: { fr: { title: 'Bol', handle: 'bol', description: 'Rond' } },
  });
  await inA(async (services) => {
    for (const owner of ['product', 'variant'] as const)
      given<unknown>(await defineMetafield(services, { ...aField, owner }));
    const { variants } = (await services.catalog.product(id))!;
    given(await services.catalog.setMetafields('product', id, [materialOf('stoneware')]));
    given(await services.catalog.setMetafields('variant', variants[0]!.id, [materialOf('glazed')]));
  });
  const copy = given(await inA(({ catalog }) => catalog.duplicate(id, 'Deep bowl')));
  const fields = await inA(async ({ catalog }) => [
    (await catalog.metafields('product', [copy.id])).get(copy.id),
    (await catalog.metafields('variant', [copy.variants[0]!.id])).get(copy.variants[0]!.id),
  ]);
  t.match(fields, [[{ value: 'stoneware' }], [{ value: 'glazed' }]]);
  t.match(copy, {
    version: 1,
    title: 'Deep bowl',
    handle: 'deep-bowl',
    state: 'draft',
    publishAt: null,
    variants: [{ amount: 700, sku: '', barcode: '' }],
    translations: { fr: { description: 'Rond' } },
  });
  t.equal(await refusal(inB(({ catalog }) => catalog.duplicate(id, 'x'))), 'notFound');
});

t.test('has room for as many products as the tier, and leaves those beyond it as they are', async (t) => {
  const { features, usage } = {
    features: kernel.features,
    usage: () => inB(({ features }) => features.limit('catalog.products')),
  };
  const { used } = await usage();
  const batch = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => ({ handle: `b-${from + at}`, title: `B ${from + at}` }));
  await inB(({ catalog }) => catalog.upsert(batch(0, 198 - used)));
  await features.setMerchantTier(stores.b.merchantId, 'essential');
  t.teardown(() => features.setMerchantTier(stores.b.merchantId, 'enterprise'));

  const results = await inB(({ catalog }) => catalog.upsert([...batch(500, 3), ...batch(0, 1)]));
  t.match(results, [
    { ok: true },
    { ok: true },
    { refusal: 'limitReached', details: { limit: 'catalog.products', max: 200 } },
    { ok: true, value: { isChanged: false } },
  ]);
  t.same(await usage(), { used: 200, max: 200 });
  const [ok] = results;
  t.match(await inB(({ catalog }) => catalog.remove(ok!.ok ? ok!.value.id : 0)), { ok: true });
  t.same(await usage(), { used: 199, max: 200 });

  const two = {
    options: [{ name: 'Size' }],
    variants: [
      { amount: 1, options: ['S'] },
      { amount: 1, options: ['M'] },
    ],
  };
  t.match(await inB(({ catalog }) => catalog.create({ title: 'Two', ...two })), {
    refusal: 'tooManyVariants',
    details: { max: 1 },
  });
  await features.setMerchantTier(stores.b.merchantId, 'enterprise');
  const [known] = await inB(({ catalog }) => catalog.productsAfter(0));
  given(await inB(({ catalog }) => catalog.update(known!.id, two)));
  await inB(({ catalog }) => catalog.upsert(batch(600, 5)));
  await features.setMerchantTier(stores.b.merchantId, 'essential');
  t.match(await inB(({ catalog }) => catalog.update(known!.id, { vendor: 'New' })), { refusal: 'overLimit' });
});

t.test('removes a product with all that is kept of it', async (t) => {
  const { id, variants } = await create({
    title: 'Gone',
    handle: 'gone',
    state: 'active',
    variants: [{ amount: 1, sku: 'GONE' }],
  });
  t.equal(await refusal(inB(({ catalog }) => catalog.remove(id))), 'notFound');
  t.equal(await refusal(inA(({ catalog }) => catalog.remove(id))), 'ok');
  t.equal(await refusal(inA(({ catalog }) => catalog.remove(id))), 'notFound');
  t.equal(await inA(({ catalog }) => catalog.productByHandle('gone')), undefined);
  t.same(
    await inA(({ database, stores }) =>
      database.query('select word from catalog.words where store_id = $1 and product_id = $2', [
        stores.current().id,
        id,
      ]),
    ),
    [],
  );
  const lines = [{ variantId: variants[0]!.id, quantity: 1 }];
  t.same(await inA(({ catalog }) => catalog.sellable({ lines, currency: 'EUR' })), []);
  t.match(await create({ title: 'Gone', variants: [{ amount: 1, sku: 'GONE' }] }), { handle: 'gone' });
});

t.test('tells of each change, of many at once in one event', async (t) => {
  await jobs.drain();
  const heard = () => inStore('a', 'listener', async ({ heard }) => heard.take());
  await heard();
  const { id } = await create({ title: 'Told' });
  await inA(({ catalog }) => catalog.update(id, { title: 'Told' }));
  const [one, two] = await inA(({ catalog }) =>
    catalog.upsert([
      { handle: 't-1', title: '1' },
      { handle: 't-2', title: '2' },
    ]),
  );
  await inA(({ catalog }) => catalog.remove(id));
  await jobs.drain();
  t.same(await heard(), [
    ['catalog.product_removed', { productId: id }],
    ['catalog.product_saved', { productId: id }],
    ['catalog.products_saved', { productIds: [one, two].map((result) => result!.ok && result!.value.id) }],
  ]);
});
