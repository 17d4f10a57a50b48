import fc from 'fast-check';
import t from 'tap';
import type { Product } from 'kontor/sdk';
import { mergeProduct, type ProductChange } from '../actions/merge-product.ts';
import { gtin } from '../services/barcode.ts';
import { changedAmount } from '../services/bulk-change.ts';
import { lowestBefore } from '../services/lowest-price.ts';
import { localise } from '../services/localise.ts';
import { priceFor } from '../services/price-for.ts';
import { sanitise } from '../services/sanitise.ts';
import { distinctLines, line, prose, slug } from '../services/texts.ts';
import { askedWords, wordsOf } from '../services/words.ts';

const now = new Date('2026-11-23T10:00:00Z');
const merge = (change: ProductChange, existing?: Product) =>
  mergeProduct({
    existing,
    change,
    pictures: new Map(),
    dropsUnknownPictures: false,
    now,
    currency: 'EUR',
    allowsSeveral: true,
  });
/** A product as it would be stored, its variants numbered from 1. */
function aProduct(change: ProductChange): Product {
  const merged = merge({ title: 'A product', ...change });
  if (!merged.ok) throw new Error(merged.refusal);
  return {
    ...merged.value,
    id: 1,
    version: 1,
    collectionIds: [],
    createdAt: now,
    updatedAt: now,
    variants: merged.value.variants.map((variant, at) => ({ ...variant, id: at + 1 })),
  };
}

t.test('takes a GTIN of 8, 12, 13 or 14 digits whose last one is right, and no other', async (t) => {
  const good = ['96385074', '036000291452', '4006381333931', '10614141000415', ' 4006381-333931 '];
  t.same(good.map(gtin), ['96385074', '036000291452', '4006381333931', '10614141000415', '4006381333931']);
  const bad = [
    '4006381333930',
    '400638133393',
    '',
    '0',
    'ISBN 4006381333931',
    '40063813339310',
    '９６３８５０７４',
  ];
  t.same(
    bad.filter((text) => gtin(text) !== undefined),
    [],
  );
});

t.test('knows every wrong digit of a GTIN', async () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 }), (digits) => {
      const right = [...Array(10).keys()].filter((last) => gtin([...digits, last].join('')) !== undefined);
      return right.length === 1;
    }),
  );
});

t.test('makes addresses that people can read, in any script', async (t) => {
  t.equal(slug('  Crème brûlée, 2 × 100 g! '), 'creme-brulee-2-100-g');
  t.equal(slug('Größe Œuvre Łódź'), 'grosse-oeuvre-lodz');
  t.equal(slug('茶 / чай'), '茶-чаи');
  t.equal(slug('***'), '');
  t.equal(slug('a'.repeat(500)).length, 200);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => slug(slug(text)) === slug(text)));
  t.ok([slug, line, prose].every((tidy) => tidy(`${'a'.repeat(199)}${'𝒜'.repeat(99)}\ud83c`).isWellFormed()));
});

t.test('keeps the first spelling of a tag', async (t) => {
  t.same(distinctLines([' Été', 'ete', '', 'Sale\u0000', 'SALE', 'Two\nlines']), [
    'Été',
    'Sale',
    'Two lines',
  ]);
});

t.test('takes out of a description what could run or reach into the page', async (t) => {
  const html = `<h2 style="position:fixed" onclick="x()">Oak</h2><script>steal()</script><p>Warm &amp; light
<a href="javascript:x()">one</a> <a href="/care" target="_blank">two</a><img src="data:image/svg+xml,x" alt="A"><iframe src="//x"></iframe></p>\u0000`;
  t.equal(
    sanitise(html),
    `<h2>Oak</h2><p>Warm &amp; light
<a>one</a> <a href="/care" target="_blank" rel="noopener">two</a><img alt="A" /></p>`,
  );
});

t.test('finds a product by beginnings of words of its titles, SKUs and barcodes', async (t) => {
  const product = aProduct({
    title: 'Élégante chaise',
    translations: { de: { title: 'Eleganter Stuhl' } },
    variants: [{ amount: 1, sku: 'CH-01', barcode: '4006381333931' }],
  });
  t.same(wordsOf(product), ['elegante', 'chaise', 'eleganter', 'stuhl', 'ch', '01', '4006381333931']);
  t.same(askedWords(' ch-01, CH '), ['ch', '01']);
});

t.test('charges the lowest of the prices that apply, in the currency asked for', async (t) => {
  const variant = {
    currency: 'EUR',
    amount: 1000,
    compareAtAmount: 1200,
    prices: [
      { currency: 'EUR', group: '', minQuantity: 10, amount: 900, compareAtAmount: null },
      { currency: 'EUR', group: 'trade', minQuantity: 1, amount: 950, compareAtAmount: null },
      { currency: 'CHF', group: '', minQuantity: 1, amount: 1100, compareAtAmount: 1300 },
    ],
  };
  const amount = (currency: string, group: string, quantity: number) =>
    priceFor(variant, { currency, group, quantity })?.amount;
  t.same(
    [
      amount('EUR', '', 1),
      amount('EUR', '', 9),
      amount('EUR', '', 10),
      amount('EUR', 'trade', 1),
      amount('EUR', 'trade', 10),
      amount('CHF', 'trade', 10),
      amount('USD', '', 1),
    ],
    [1000, 1000, 900, 950, 900, 1100, undefined],
  );
  t.match(priceFor(variant, { currency: 'CHF', group: '', quantity: 1 }), { compareAtAmount: 1300 });
});

t.test('never makes a buyer of more pay more for one', async () => {
  const price = fc.record({
    currency: fc.constantFrom('EUR', 'CHF'),
    group: fc.constantFrom('', 'trade'),
    minQuantity: fc.integer({ min: 1, max: 50 }),
    amount: fc.nat(10_000),
    compareAtAmount: fc.constant(null),
  });
  fc.assert(
    fc.property(
      fc.array(price),
      fc.nat(10_000),
      fc.integer({ min: 1, max: 60 }),
      (prices, plain, quantity) => {
        const variant = { currency: 'EUR', amount: plain, compareAtAmount: null, prices };
        const of = (count: number, group: string) =>
          priceFor(variant, { currency: 'EUR', group, quantity: count })!.amount;
        return of(quantity + 1, '') <= of(quantity, '') && of(quantity, 'trade') <= of(quantity, '');
      },
    ),
  );
});

t.test('changes a price by basis points to the nearest unit, half a unit going up', async (t) => {
  t.same(
    [
      changedAmount(1999, { bps: -1000 }),
      changedAmount(5, { bps: 1000 }),
      changedAmount(4, { bps: 1000 }),
      changedAmount(1000, { bps: -10_000 }),
      changedAmount(300, { amount: -500 }),
      changedAmount(300, { amount: 50 }),
    ],
    [1799, 6, 4, 0, 0, 350],
  );
  fc.assert(
    fc.property(fc.nat(100_000_000_000), fc.integer({ min: -10_000, max: 100_000 }), (amount, bps) => {
      const exact = BigInt(amount) * BigInt(10_000 + bps);
      const off = BigInt(changedAmount(amount, { bps })) * 10_000n - exact;
      return off > -5000n && off <= 5000n;
    }),
  );
});

t.test('names the lowest price of the thirty days before the present one began', async (t) => {
  const at = (day: string) => new Date(`2026-${day}T10:00:00Z`);
  t.equal(lowestBefore([]), null);
  t.equal(lowestBefore([{ amount: 100, changed_at: at('01-01') }]), 100);
  t.equal(
    lowestBefore([
      { amount: 50, changed_at: at('01-01') }, // until 02-01: too long ago
      { amount: 100, changed_at: at('02-01') },
      { amount: 90, changed_at: at('03-20') },
      { amount: 110, changed_at: at('03-25') },
      { amount: 80, changed_at: at('04-01') },
    ]),
    90,
  );
  t.equal(
    lowestBefore([
      { amount: 50, changed_at: at('01-01') }, // held until two days before the reduction
      { amount: 100, changed_at: at('04-01') },
      { amount: 80, changed_at: at('04-03') },
    ]),
    50,
  );
});

t.test('gives a product without variants one, and a visible time to what becomes active', async (t) => {
  const merged = merge({ title: ' Vase ', state: 'active', publishAt: null });
  t.match(merged, {
    ok: true,
    value: {
      title: 'Vase',
      handle: 'vase',
      kind: 'physical',
      publishAt: now,
      options: [],
      taxClass: 'standard',
      variants: [{ id: 0, title: '', options: [], amount: 0, requiresShipping: true, position: 1 }],
    },
  });
  const active = aProduct({ state: 'active' });
  t.match(merge({ state: 'draft' }, active), { value: { publishAt: null } });
  const later = new Date('2027-01-01');
  t.match(merge({ publishAt: later }, active), { value: { state: 'active', publishAt: later } });
});

t.test('keeps a variant that is the same by id, by values or by SKU', async (t) => {
  const product = aProduct({
    options: [{ name: 'Size' }],
    variants: [
      { amount: 1, options: ['S'], sku: 'S-1', mpn: 'kept' },
      { amount: 2, options: ['M'], sku: 'M-1' },
      { amount: 3, options: ['L'], sku: 'L-1', weightGrams: 300 },
    ],
  });
  const merged = merge(
    {
      variants: [
        { amount: 30, options: ['XL'], sku: 'L-1' },
        { amount: 10, options: ['S'] },
        { id: 2, amount: 20, options: ['Medium'] },
        { amount: 40, options: ['M'] },
      ],
    },
    product,
  );
  t.match(merged, {
    value: {
      options: [{ name: 'Size', values: ['S', 'M', 'XL', 'Medium'] }],
      variants: [
        { id: 3, amount: 30, title: 'XL', weightGrams: 300 },
        { id: 1, amount: 10, sku: 'S-1', mpn: 'kept' },
        { id: 2, amount: 20, title: 'Medium', sku: 'M-1' },
        { id: 0, amount: 40, title: 'M', sku: '' },
      ],
    },
  });
});

t.test('refuses options and variants that do not fit one another', async (t) => {
  const refusal = (change: ProductChange, existing?: Product) => {
    const merged = merge({ title: 'x', ...change }, existing);
    return merged.ok ? 'ok' : merged.refusal;
  };
  const [size, colour] = [{ name: 'Size' }, { name: 'Colour' }];
  const two = [
    { amount: 1, options: ['S'] },
    { amount: 1, options: ['S'] },
  ];
  t.equal(refusal({ options: [size], variants: two }), 'badOptions', 'the same values twice');
  t.equal(refusal({ options: [size], variants: [{ amount: 1 }] }), 'badOptions', 'a value is missing');
  t.equal(
    refusal({ options: [size], variants: [{ amount: 1, options: [' '] }] }),
    'badOptions',
    'an empty value',
  );
  t.equal(refusal({ options: [size, size], variants: [] }), 'badOptions', 'the same name twice');
  t.equal(refusal({ variants: [{ amount: 1 }, { amount: 2 }] }), 'badOptions', 'two plain ones');
  t.equal(
    refusal({ options: [size, colour, { name: 'Cut' }, { name: 'Fit' }], variants: [{ amount: 1 }] }),
    'badOptions',
    'four options',
  );
  t.equal(refusal({ variants: [{ id: 77, amount: 1 }] }), 'notFound', 'the variant of another product');
  t.equal(refusal({ variants: [{ amount: 1, barcode: '123' }] }), 'badBarcode');
  t.equal(refusal({ variants: [{ amount: 1, pictureId: 4 }] }), 'unknownPicture');
  t.equal(refusal({ pictureIds: [4] }), 'unknownPicture');
  const many = Array.from({ length: 2001 }, (_, at) => ({ amount: 1, options: [`${at}`] }));
  t.equal(refusal({ options: [size], variants: many }), 'tooManyVariants');
  t.equal(refusal({ options: [size], variants: many.slice(1) }), 'ok');
  const sku = [
    { amount: 1, options: ['S'], sku: 'A' },
    { amount: 1, options: ['M'], sku: ' A ' },
  ];
  t.equal(refusal({ options: [size], variants: sku }), 'skuTaken');
});

t.test('lets words of options move with what they translate', async (t) => {
  const product = aProduct({
    title: 'Shirt',
    options: [{ name: 'Colour', values: ['Red', 'Blue'] }],
    variants: [
      { amount: 1, options: ['Red'] },
      { amount: 1, options: ['Blue'] },
    ],
    translations: {
      fr: { title: 'Chemise', options: [{ name: 'Couleur', values: ['Rouge', 'Bleu'] }] },
      de: { title: 'Hemd', description: 'Warm' },
    },
  });
  const merged = merge(
    {
      variants: [
        { amount: 1, options: ['Green'] },
        { amount: 1, options: ['Blue'] },
      ],
      options: [{ name: 'Colour', values: ['Blue', 'Green'] }],
      translations: { de: { title: '', description: '' }, lb: { title: 'Hiem' } },
    },
    product,
  );
  t.same(merged.ok && merged.value.translations, {
    fr: { title: 'Chemise', options: [{ name: 'Couleur', values: ['Bleu', ''] }] },
    lb: { title: 'Hiem' },
  });

  const shown = localise(product, 'fr-LU');
  t.match(shown, {
    title: 'Chemise',
    handle: 'shirt',
    options: [{ name: 'Couleur', values: ['Rouge', 'Bleu'] }],
    variants: [{ title: 'Rouge', options: ['Rouge'] }, { title: 'Bleu' }],
  });
  t.equal(localise(product, 'it'), product);
});
