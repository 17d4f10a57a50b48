import { existsSync, readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import { anImport, SHOPIFY_FILE } from './support.ts';

const kernel = await startTestKernel(t, { plugins: ['import', 'inventory'] });
const { owner, stores, jobs } = kernel;
const me = await owner('a');
const other = await owner('b');
const at = (path: string) => `/api/stores/${stores.a.handle}${path}`;
const { upload, run, productsOf } = anImport(kernel, me);

t.test('brings a file in Shopify’s format in, and says what it could not use', async (t) => {
  const done = await run(SHOPIFY_FILE, 'spring.csv');
  t.match(done, {
    format: 'shopify',
    fileName: 'spring.csv',
    state: 'done',
    percent: 100,
    records: 8,
    created: 3,
    updated: 0,
    failed: 2,
    error: null,
  });
  const { body } = await me.get(at(`/imports/${done.id}/faults`));
  t.same(
    body.items.map(({ row, field, code, value }: Record<string, unknown>) => [row, field, code, value]),
    [
      [7, 'price', 'badCell', 'twelve'],
      [8, 'title', 'missing', ''],
    ],
  );
  t.equal(body.items[0].message, "Expected an amount such as 12.50 in price, got 'twelve'");
  const [shirt] = (await productsOf('a')).filter(({ handle }) => handle === 'linen-shirt');
  t.match(shirt, {
    title: 'Linen shirt',
    vendor: 'Atelier',
    tags: ['linen', 'summer'],
    state: 'active',
    options: [
      { name: 'Size', values: ['S', 'M'] },
      { name: 'Colour', values: ['White', 'Blue'] },
    ],
    variants: [
      { options: ['S', 'White'], sku: 'LS-S', amount: 4950, compareAtAmount: 6000, weightGrams: 300 },
      { options: ['M', 'Blue'], sku: 'LS-M', amount: 4950, compareAtAmount: null },
    ],
  });
  const levels = await kernel.inStore('a', 'import', ({ inventory }) =>
    inventory.levels(shirt!.variants.map(({ id }) => id)),
  );
  t.match(
    shirt!.variants.map(({ id }) => levels.get(id)),
    [
      { isTracked: true, onHand: 12, isBackOrderAllowed: false },
      { isTracked: true, onHand: 0, isBackOrderAllowed: true },
    ],
  );
});

t.test('a second time, the same file changes nothing', async (t) => {
  const before = await productsOf('a');
  t.match(await run(SHOPIFY_FILE, 'again.csv'), { created: 0, updated: 0, unchanged: 3, failed: 2 });
  t.same(await productsOf('a'), before);
});

t.test('what is exported and imported again changes nothing, in either format', async (t) => {
  const before = await productsOf('a');
  for (const format of ['kontor', 'shopify']) {
    const { body, headers } = await me.get(at(`/exports/products.csv?format=${format}`));
    t.match(headers['content-type'], 'text/csv');
    t.match(await run(body, `${format}.csv`), { created: 0, updated: 0, unchanged: 3, failed: 0 });
    t.same(await productsOf('a'), before);
  }
});

t.test('an export makes the same products in another store', async (t) => {
  const { body } = await me.get(at('/exports/products.csv'));
  const there = anImport(kernel, other, 'b');
  t.match(await there.run(body, 'from-a.csv'), { created: 3, failed: 0 });
  const bare = (products: Awaited<ReturnType<typeof productsOf>>) =>
    products.map(({ id: _, version: _v, createdAt: _c, updatedAt: _u, variants, ...product }) => ({
      ...product,
      variants: variants.map(({ id: _id, ...variant }) => variant),
    }));
  t.same(bare(await productsOf('b')), bare(await productsOf('a')));
});

t.test('a dry run says what would happen, and does none of it', async (t) => {
  const before = await productsOf('a');
  const file = 'handle,title,price\nnew-lamp,Lamp,12.00\nplain-mug,Other title,1.00\nbad,,1\n';
  const done = await run(file, 'dry.csv', { isDryRun: true });
  t.match(done, { state: 'done', isDryRun: true, created: 1, updated: 1, failed: 1 });
  t.same(await productsOf('a'), before);
});

t.test('an import can be taken back: what it made goes, what it changed is as it was', async (t) => {
  const before = await productsOf('a');
  const stockBefore = await levelsOf();
  const file = [
    'handle,title,price,stock,tags',
    'new-lamp,Lamp,12.00,4,"a, b"',
    'plain-mug,Mug of another name,1.00,77,x',
  ].join('\n');
  const done = await run(file, 'undo.csv');
  t.match(done, { created: 1, updated: 1, failed: 0 });
  t.equal((await productsOf('a')).length, before.length + 1);
  t.equal((await me.post(at(`/imports/${done.id}/undo`))).status, 202);
  await jobs.drain();
  t.match((await me.get(at(`/imports/${done.id}`))).body, { state: 'undone' });
  const bare = ({ version: _, updatedAt: __, ...product }: (typeof before)[0]) => product;
  t.same((await productsOf('a')).map(bare), before.map(bare));
  t.same(await levelsOf(), stockBefore);
});

t.test('what somebody changed since is left as it is, and told', async (t) => {
  const done = await run('handle,title,price\nvase,Vase,9.00\n', 'vase.csv');
  const [vase] = (await productsOf('a')).filter(({ handle }) => handle === 'vase');
  await kernel.inStore('a', 'import', ({ catalog }) => catalog.update(vase!.id, { title: 'Our vase' }));
  await me.post(at(`/imports/${done.id}/undo`));
  await jobs.drain();
  t.match(
    (await productsOf('a')).find(({ handle }) => handle === 'vase'),
    { title: 'Our vase' },
  );
  t.match((await me.get(at(`/imports/${done.id}/faults`))).body.items, [
    { code: 'changedSince', value: 'vase' },
  ]);
});

t.test('a file in another encoding is refused with the byte, and nothing of it is kept', async (t) => {
  const cases: [Buffer, string, number][] = [
    [
      Buffer.from('handle,title,price\na,Caf\xe9,1\n', 'latin1'),
      'another encoding, perhaps Windows-1252',
      24,
    ],
    [Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('handle', 'utf16le')]), 'UTF-16', 0],
    [Buffer.from('PK\u0003\u0004\u0000\u0000'), 'bytes that are no text', 4],
  ];
  const before = (await me.get(at('/imports'))).body.items.length;
  for (const [file, got, byte] of cases) {
    const answer = await upload(file, 'wrong.csv');
    t.match(answer, {
      status: 422,
      body: { code: 'wrongEncoding', details: { wanted: 'UTF-8', got, byte } },
    });
  }
  t.equal((await me.get(at('/imports'))).body.items.length, before);
});

t.test('a file without what is needed fails in words, and can be started again with a mapping', async (t) => {
  const file = 'Artikel;Bezeichnung;Preis\nlampe;Lampe;"12,50"\n';
  const { body: waiting } = await upload(file, 'deutsch.csv', { start: false });
  t.match(waiting, { state: 'uploading', bytes: file.length });
  const { body: preview } = await me.get(at(`/imports/${waiting.id}/preview`));
  t.match(preview, {
    delimiter: ';',
    ignored: ['Artikel', 'Bezeichnung', 'Preis'],
    missing: [{ field: 'handle' }, { field: 'title' }, { field: 'price' }],
    rows: [['lampe', 'Lampe', '12,50']],
  });
  const mapping = { handle: 'Artikel', title: 'Bezeichnung', price: 'Preis' };
  await me.post(at(`/imports/${waiting.id}/start`), { mapping });
  await jobs.drain();
  t.match((await me.get(at(`/imports/${waiting.id}`))).body, { state: 'done', created: 1 });
  const lamp = (await productsOf('a')).find(({ handle }) => handle === 'lampe');
  t.match(lamp, { title: 'Lampe', variants: [{ amount: 1250 }] });
  t.match(await run(file, 'deutsch.csv'), {
    state: 'failed',
    error:
      'Expected columns for handle, title, price, got Artikel, Bezeichnung, Preis; map them, or rename them',
  });
});

t.test('rows of one product that are far apart are told, and do not undo one another', async (t) => {
  const rows = Array.from({ length: 250 }, (_, index) => `bulk-${index},Bulk ${index},1.00`);
  const file = ['handle,title,price', ...rows, 'bulk-3,Other,2.00', 'bulk-250,Last,1.00'].join('\n');
  const done = await run(file, 'bulk.csv');
  t.match(done, { created: 251, failed: 1, records: 252 });
  t.match((await me.get(at(`/imports/${done.id}/faults`))).body.items, [
    { row: 252, code: 'handleAgain', value: 'bulk-3' },
  ]);
});

t.test('an upload that breaks goes on where it stopped', async (t) => {
  const file = Buffer.from('handle,title,price\nround-lamp,Über,1.00\nlast,Last,1.00\n');
  const { body: first } = await upload(file.subarray(0, 31), 'broken.csv', { start: false });
  const path = (offset: number) => at(`/imports/${first.id}/file?offset=${offset}`);
  const csv = { 'content-type': 'text/csv' };
  t.match(await me.put(path(7), file.subarray(7), csv), { status: 409, body: { code: 'wrongOffset' } });
  const { body: second } = await me.put(path(first.bytes), file.subarray(first.bytes), csv);
  t.equal(second.bytes, file.length);
  await me.post(at(`/imports/${first.id}/start`), {});
  await jobs.drain();
  t.match((await me.get(at(`/imports/${first.id}`))).body, { state: 'done', created: 2 });
});

t.test('a cell that a spreadsheet would run leaves harmless, and comes back as it was', async (t) => {
  const file = `handle,title,price\nsum,"=HYPERLINK(""x"")",1.00\n`;
  await run(file, 'formula.csv');
  const { body } = await me.get(at('/exports/products.csv'));
  t.match(body, `"'=HYPERLINK(""x"")"`);
  const again = await run(body, 'back.csv');
  t.match(again, { updated: 0, failed: 0 });
  t.match(
    (await productsOf('a')).find(({ handle }) => handle === 'sum'),
    { title: '=HYPERLINK("x")' },
  );
});

t.test('no price comes in by a file that the API would refuse', async (t) => {
  const price = { currency: 'EUR', group: '', minQuantity: 2, amount: 100, compareAtAmount: null };
  const prices = [
    { ...price, amount: -100 },
    { ...price, amount: 0.5 },
    { ...price, minQuantity: 0 },
    {},
    null,
  ];
  const cell = (value: unknown) => `"${JSON.stringify(value).replaceAll('"', '""')}"`;
  const rows = prices.map((one, at) => `odd-${at},Odd,1.00,${cell([one])},`);
  const unit = cell({ quantity: -1, unit: 'kg', reference: 1 });
  const file = [
    'handle,title,price,prices,unit',
    ...rows,
    `odd-unit,Odd,1.00,,${unit}`,
    `even,Even,1.00,${cell([price])},`,
  ];
  t.match(await run(file.join('\n'), 'odd.csv'), { state: 'done', created: 1, failed: prices.length + 1 });
  t.match((await productsOf('a')).find(({ handle }) => handle === 'even')?.variants, [{ prices: [price] }]);
});

t.test('a heading may be any word', async (t) => {
  const file = 'Handle,Title,Variant Price,constructor,__proto__,toString\nword,Word,1.00,a,b,c\n';
  const { body } = await upload(file, 'words.csv', { start: false });
  t.match(await me.get(at(`/imports/${body.id}/preview`)), {
    status: 200,
    body: { format: 'shopify', ignored: ['constructor', '__proto__', 'toString'] },
  });
});

t.test('another store finds neither the import nor its faults', async (t) => {
  const { id } = (await me.get(at('/imports?limit=1'))).body.items[0];
  const there = (path: string) => `/api/stores/${stores.b.handle}${path}`;
  for (const path of [
    `/imports/${id}`,
    `/imports/${id}/faults`,
    `/imports/${id}/preview`,
    `/imports/${id}/faults.csv`,
  ])
    t.equal((await other.get(there(path))).status, 404, path);
  for (const path of ['start', 'cancel', 'resume', 'undo'])
    t.equal((await other.post(there(`/imports/${id}/${path}`), {})).status, 404, path);
  t.equal((await other.get(at('/imports'))).status, 404);
});

const REAL = new URL('../../../../shared/reference/products/', import.meta.url);

t.test('real files of another system come in, and go out and in again unchanged', async (t) => {
  if (!existsSync(REAL)) {
    t.comment('The real files are not on this machine; the file above has their format');
  }
  const files = existsSync(REAL) ? readdirSync(REAL).filter((name) => name.endsWith('.csv')) : [];
  for (const name of files) {
    const done = await run(readFileSync(new URL(name, REAL)), name);
    t.match(done, { format: 'shopify', state: 'done', created: 20, failed: 0, error: null }, name);
  }
  const { body } = await me.get(at('/exports/products.csv?format=shopify'));
  const before = await productsOf('a');
  t.match(await run(body, 'all.csv'), { created: 0, updated: 0, unchanged: before.length, failed: 0 });
  t.same(await productsOf('a'), before);
});

async function levelsOf() {
  const ids = (await productsOf('a')).flatMap(({ variants }) => variants.map(({ id }) => id));
  return kernel.inStore('a', 'import', async ({ inventory }) => [...(await inventory.levels(ids)).values()]);
}
