import t from 'tap';
import type { Catalog, ProductInput } from 'kontor/sdk';
import { openShop } from '../../../tests/support/shop.ts';

const PLUGINS = ['storefront', 'checkout', 'payments-manual', 'inventory', 'search', 'mail'];

t.test('a shop without JavaScript', async (t) => {
  const shop = await openShop(t, { plugins: PLUGINS, until: 'control' });
  const { inStore, jobs, lamp, mug } = shop;
  await inStore('a', 'storefront', ({ settings }) => settings.set({ plainPages: true }));
  await inStore('b', 'storefront', ({ settings }) => settings.set({ plainPages: true }));
  const words = (body: string) =>
    body
      .replace(/<head>[\s\S]*?<\/head>/, '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ');
  const titles = (body: string) => [...body.matchAll(/card-title">([^<]+)</g)].map(([, title]) => title!);
  const lines = (body: string) =>
    [...body.matchAll(/id="line-(\d+)"[^>]*value="(\d+)"/g)].map(([, id, count]) => [
      Number(id),
      Number(count),
    ]);
  const create = (input: ProductInput) =>
    inStore('a', 'catalog', async ({ catalog }) => {
      const made = await catalog.create({ state: 'active', ...input });
      if (!made.ok) throw new Error(made.refusal);
      return made.value;
    });
  const stock = (variantId: number, onHand: number, isBackOrderAllowed = false) =>
    inStore('a', 'inventory', ({ inventory }) =>
      inventory.set([{ variantId, onHand, isBackOrderAllowed }], { reason: 'a test' }),
    );
  const collect = (input: Parameters<Catalog['saveCollection']>[0]) =>
    inStore('a', 'catalog', ({ catalog }) => catalog.saveCollection(input));

  const scarf = await create({
    title: 'Scarf <b>',
    handle: 'scarf',
    description: '<p>Warm wool.</p>',
    vendor: 'Weavers',
    safety: { manufacturer: 'Weavers, Wiltz' },
    options: [{ name: 'Colour', values: ['Red', 'Blue', 'Green'] }],
    variants: [
      { amount: 5000, options: ['Red'] },
      { amount: 5000, options: ['Blue'] },
      { amount: 6000, options: ['Green'], unit: { quantity: 200, unit: 'g', reference: 1000 } },
    ],
    translations: {
      fr: {
        title: 'Écharpe',
        handle: 'echarpe',
        options: [{ name: 'Couleur', values: ['Rouge', 'Bleu', 'Vert'] }],
      },
    },
  });
  const [red, blue, green] = scarf.variants.map(({ id }) => id) as [number, number, number];
  await stock(red, 0);
  await stock(blue, 3);
  await stock(green, 0, true);
  const made = await collect({
    title: 'Warm things',
    handle: 'warm',
    isPublished: true,
    sort: 'price',
    productIds: [scarf.id],
    translations: { fr: { title: 'Au chaud', handle: 'au-chaud' } },
  });
  t.ok(made.ok);
  await jobs.drain();

  t.test('the home page says whose it is, in the language of the visitor', async (t) => {
    await inStore('a', 'storefront', ({ settings }) =>
      settings.set({ headline: 'Good things', translations: { fr: { headline: 'De bonnes choses' } } }),
    );
    const visitor = shop.visit();
    const home = await visitor.get('/');
    t.equal(home.status, 200);
    t.match(home.body, '<title>Store a</title>');
    t.match(home.body, '<h1>Good things</h1>');
    t.match(home.body, 'href="http://store-a.localhost:3000/"');
    t.strictSame(titles(home.body), ['Warm things', 'Scarf &lt;b&gt;', 'Lamp', 'Mug']);
    t.match(home.headers, {
      'content-security-policy': /^default-src 'none'; script-src 'self'; style-src 'self' 'sha256-/,
      'cache-control': 'private, no-cache',
    });
    t.match((await visitor.get('/?locale=fr')).body, '<h1>De bonnes choses</h1>');
    t.match((await visitor.get('/collections')).body, '<h1>Collections</h1>');
    t.match((await visitor.get('/?locale=xx')).body, '<html lang="fr">', 'what was chosen stays chosen');
    t.match((await shop.visit('b').get('/')).body, '<h1>Store b</h1>');
  });

  t.test('another language shows the same page: what was asked for stays', async (t) => {
    const visitor = shop.visit();
    const { body } = await visitor.get('/search?q=scarf&sort=price');
    const [, german] = /hreflang="de" href="([^"]+)"/.exec(body)!;
    t.equal(german, '/search?q=scarf&amp;sort=price&amp;locale=de');
    const page = await visitor.get(german!.replaceAll('&amp;', '&'));
    t.match(page.body, '<html lang="de">');
    t.match(words(page.body), 'Ergebnisse für „scarf“');
    const french = await visitor.get('/products/scarf?variant=2&locale=fr');
    t.equal(french.address, '/products/echarpe?variant=2&locale=fr');
    t.match(french.body, '<h1>Écharpe</h1>');
    t.match(french.body, '<legend>Couleur</legend>');
    t.equal((await visitor.get('/collections/warm')).address, '/collections/au-chaud');
  });

  t.test('a collection is sorted and paged by links', async (t) => {
    await inStore('a', 'catalog', ({ catalog }) =>
      catalog.upsert(
        Array.from({ length: 30 }, (_, count) => ({
          handle: `bowl-${count}`,
          title: `Bowl ${String(count).padStart(2, '0')}`,
          state: 'active' as const,
          variants: [{ amount: 3000 - count }],
        })),
      ),
    );
    const visitor = shop.visit();
    const first = await visitor.get('/collections/all?sort=price');
    t.equal(titles(first.body).length, 24);
    t.equal(titles(first.body)[0], 'Mug');
    t.match(first.body, /<a href="\/collections\/all\?sort=price" aria-current="true">/);
    const [, next] = /rel="next" href="([^"]+)"/.exec(first.body)!;
    const second = await visitor.get(next!.replaceAll('&amp;', '&'));
    t.equal(titles(second.body).length, 9);
    t.match(words(second.body), 'Back to the first page');
    t.notMatch(second.body, 'rel="next"');
    t.equal(titles((await visitor.get('/collections/all?sort=title')).body)[0], 'Bowl 00');
    t.equal(titles((await visitor.get('/collections/all?cursor=none&sort=nonsense')).body).length, 24);
    t.same(titles((await visitor.get('/collections/warm?sort=-price')).body), ['Scarf &lt;b&gt;']);
    t.match(words((await visitor.get('/collections/warm')).body), 'from €50.00');
  });

  t.test('finds by words, and says when nothing is there', async (t) => {
    const visitor = shop.visit();
    const found = await visitor.get('/search?q=scarf');
    t.same(titles(found.body), ['Scarf &lt;b&gt;']);
    t.match(found.body, '<title>Results for “scarf” – Store a</title>');
    t.match(found.body, 'value="scarf"');
    t.match(found.body, '<meta name="robots" content="noindex">');
    t.match(words((await visitor.get('/search?q=%22%3E%3Cscript%3E')).body), 'Nothing was found');
    t.match(words((await visitor.get('/search')).body), 'What are you looking for?');
    t.equal((await visitor.get(`/search?q=${'x'.repeat(500)}&cursor=none`)).status, 200);
  });

  t.test('a product tells its variants, what is left of them, and who made it', async (t) => {
    const visitor = shop.visit();
    const page = await visitor.get('/products/scarf');
    t.match(page.body, '<title>Scarf &lt;b&gt; – Store a</title>');
    t.match(page.body, '<h1>Scarf &lt;b&gt;</h1>');
    t.match(page.body, '<p>Warm wool.</p>');
    t.match(words(page.body), 'Manufacturer Weavers, Wiltz');
    t.match(page.body, new RegExp(`value="${blue}" checked`), 'the first one that can be had');
    t.match(words(page.body), 'VAT included, plus delivery');
    t.match(words(page.body), 'Only 3 left');
    t.match(words(page.body), /Red €50\.00 \(Sold out\)/);
    const gone = await visitor.get(`/products/scarf?variant=${red}`);
    t.match(gone.body, '<p class="stock stock-none">Sold out</p>');
    const later = await visitor.get(`/products/scarf?variant=${green}`);
    t.match(words(later.body), 'Sent as soon as it is back in stock');
    t.match(words(later.body), '€300.00 per 1000 g');
    t.match(words((await visitor.get('/products/mug')).body), 'In stock');
    t.equal((await visitor.get('/products/scarf?variant=nonsense')).status, 200);

    await stock(lamp, 0);
    t.match((await visitor.get('/products/lamp')).body, /<button class="button" disabled[^>]*>Sold out</);
    const dearest = await visitor.get('/collections/all?sort=-price');
    t.match(dearest.body, /<span class="tag">Sold out<\/span><\/span>\s*<h2 class="card-title">Lamp/);
    await stock(lamp, 1000);
  });

  t.test('a reduced price names the lowest one of the thirty days before', async (t) => {
    const { id, variants } = await create({ title: 'Vase', handle: 'vase', variants: [{ amount: 8000 }] });
    shop.clock.move(86_400_000);
    const reduced = { id: variants[0]!.id, amount: 6000, compareAtAmount: 9000 };
    await inStore('a', 'catalog', ({ catalog }) => catalog.update(id, { variants: [reduced] }));
    const { body } = await shop.visit().get('/products/vase');
    t.match(words(body), '€60.00 Before: €90.00');
    t.match(words(body), 'Lowest price of the last 30 days before the reduction: €80.00');
  });

  t.test('what is not there is a page for people and a problem for programs', async (t) => {
    const visitor = shop.visit();
    for (const path of ['/products/none', '/collections/none', '/nowhere', '/deep/er?x=1']) {
      const page = await visitor.get(path);
      t.equal(page.status, 404, path);
      t.match(page.body, '<h1>There is nothing here</h1>');
      t.match(page.headers, { 'content-type': 'text/html; charset=utf-8' });
      const { status, body } = await visitor.json('GET', path);
      t.match([status, body], [404, { code: 'notFound', detail: 'There is nothing at this address' }]);
    }
    t.equal(
      (await visitor.get('/api/shop/none')).headers['content-type'],
      'application/problem+json; charset=utf-8',
    );
    t.equal((await visitor.get('/assets/none.css')).status, 404);
    t.equal((await shop.visit('b').get('/products/scarf')).status, 404);
    t.equal((await shop.visit('b').get('/collections/warm')).status, 404);
    await collect({ id: made.ok ? made.value.id : 0, title: 'Warm things', isPublished: false });
    t.equal((await visitor.get('/collections/warm')).status, 404);
    await collect({ id: made.ok ? made.value.id : 0, title: 'Warm things', isPublished: true });
    t.match((await visitor.get('/favicon.ico')).body, /^<svg [\s\S]*>S<\/text><\/svg>$/);
  });

  t.test('style and script are kept for ever, by names that change with them', async (t) => {
    const { body } = await shop.visit().get('/');
    const addresses = [...body.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, address]) => address!);
    t.equal(addresses.length, 2);
    for (const address of addresses) {
      const file = await shop.visit().get(address);
      t.match(file, { status: 200, headers: { 'cache-control': 'public, max-age=31536000, immutable' } });
    }
  });

  t.test('the first thing that is put into a cart makes it', async (t) => {
    const visitor = shop.visit();
    t.match(words((await visitor.get('/cart')).body), 'Your cart is empty.');
    t.equal(visitor.cookies.has('kontor_cart'), false, 'looking makes none');
    const none = await visitor.submit('/cart/add', { id: red, quantity: 1, product: 'scarf' });
    t.equal(none.address, `/products/scarf?variant=${red}&refused=outOfStock&available=0`);
    t.match(words(none.body), 'This is sold out.');
    t.equal(visitor.cookies.has('kontor_cart'), false, 'a refusal makes none');

    const added = await visitor.submit('/cart/add', { id: blue, quantity: 2, product: 'scarf' });
    t.equal(added.address, `/cart?added=${blue}`);
    t.match(words(added.body), 'Scarf &lt;b&gt; is in your cart.');
    t.match(words(added.body), 'Cart, 2 items');
    t.match(words(added.body), '€50.00 each');
    t.match(words(added.body), 'Total €100.00 VAT included: €14.53');
    t.match(added.body, 'href="/checkout?locale=en"');
    const more = await visitor.submit('/cart/add', { id: blue, quantity: 2, product: 'scarf' });
    t.match(words(more.body), 'Only 3 of this are left, counting what is in your cart.');
    t.match(
      words((await visitor.submit('/cart/add', { id: blue, quantity: 'x' })).body),
      'Please enter a whole number',
    );
    t.match(
      words((await visitor.submit('/cart/add', { id: 999_999 })).body),
      'We do not have this any more.',
    );
    t.same(lines((await visitor.get('/cart')).body), [[1, 2]]);
  });

  t.test('a cart is changed, and tells what has changed by itself', async (t) => {
    const visitor = await shop.buyer([
      { variantId: mug, quantity: 1 },
      { variantId: blue, quantity: 3 },
    ]);
    const changed = await visitor.submit('/cart/change', { line: 1, quantity: 4 });
    t.equal(changed.address, '/cart');
    t.same(lines(changed.body), [
      [1, 4],
      [2, 3],
    ]);
    t.match(
      words((await visitor.submit('/cart/change', { line: 2, quantity: 4 })).body),
      'Only 3 of this are left',
    );
    t.match(
      words((await visitor.submit('/cart/change', { line: 2, quantity: '' })).body),
      'Please enter a whole number',
    );
    t.equal((await visitor.submit('/cart/change', { line: 9, quantity: 1 })).address, '/cart');
    await stock(blue, 1);
    t.match(words((await visitor.get('/cart')).body), 'Only one of this is left.');
    await stock(blue, 3);
    const product = await inStore('a', 'catalog', ({ catalog }) => catalog.productByHandle('mug'));
    await inStore('a', 'catalog', ({ catalog }) => catalog.update(product!.id, { state: 'draft' }));
    t.match(words((await visitor.get('/cart')).body), 'No longer for sale');
    await inStore('a', 'catalog', ({ catalog }) => catalog.update(product!.id, { state: 'active' }));
    t.same(lines((await visitor.submit('/cart/change', { line: 1, quantity: 0 })).body), [[2, 3]]);
    t.match(words((await visitor.get('/cart?locale=lb')).body), 'Äre Kuerf');
  });

  t.test('a customer has their cart on every device, and nobody else has it', async (t) => {
    const ada = await shop.customer('a');
    const signedIn = () => {
      const visitor = shop.visit();
      const [name, value] = ada.headers.cookie!.split('=');
      visitor.cookies.set(name!, value!);
      return visitor;
    };
    const phone = signedIn();
    await phone.submit('/cart/add', { id: mug });
    const desk = signedIn();
    t.same(lines((await desk.submit('/cart/add', { id: lamp })).body), [
      [1, 1],
      [2, 1],
    ]);
    const bea = await shop.customer('a');
    const [name, value] = bea.headers.cookie!.split('=');
    desk.cookies.set(name!, value!);
    t.match(words((await desk.get('/cart')).body), 'Your cart is empty.');
    t.same(lines((await desk.submit('/cart/add', { id: mug })).body), [[1, 1]], 'hers begins anew');
  });

  t.test('forms of other sites, and fields of nobody, are refused', async (t) => {
    const visitor = await shop.buyer();
    t.equal((await visitor.ask('POST', '/cart/add', { id: mug, price: 1 }, true)).status, 422);
    const foreign = await shop.kernel.http.inject({
      method: 'POST',
      url: '/cart/add',
      headers: {
        host: shop.stores.a.host,
        origin: 'https://evil.example',
        cookie: `kontor_cart=${visitor.token}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: `id=${mug}`,
    });
    t.equal(foreign.statusCode, 403);
    t.equal((await shop.visit('b').submit('/cart/add', { id: mug })).address, '/cart?refused=unknownVariant');
  });
});
