import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { openShop } from '../../../tests/support/shop.ts';
import { logStatements } from '../../../tests/support/statement-log.ts';

const THEMES = fileURLToPath(new URL('../../../tests/themes', import.meta.url));
const PLUGINS = [
  ...['storefront', 'checkout', 'payments-manual', 'inventory', 'search', 'mail', 'customers', 'content'],
];

t.test('themes', async (t) => {
  const shop = await openShop(t, { plugins: PLUGINS, until: 'control' });
  const { inStore, jobs, mug } = shop;
  const publish = (name: string, store: 'a' | 'b' = 'a') =>
    inStore(store, 'storefront', async ({ themes }) => {
      const made = await themes.install({ content: await filesOf(name) });
      if (!made.ok) throw new Error(`${name}: ${made.refusal} ${JSON.stringify(made.details)}`);
      const published = await themes.publish({ id: made.value.theme.id });
      if (!published.ok) throw new Error(published.refusal);
      return made.value.theme;
    });
  for (const [store, word] of [
    ['a', 'Bowl'],
    ['b', 'Canary'],
  ] as const) {
    await inStore(store, 'catalog', async ({ catalog }) => {
      await catalog.upsert(
        Array.from({ length: 12 }, (_, count) => ({
          handle: `bowl-${count}`,
          title: `${word} ${count}`,
          vendor: `${word} & Sons`,
          state: 'active' as const,
          options: [{ name: 'Size', values: ['S', 'M'] }],
          variants: [
            { amount: 1000 + count, compareAtAmount: 2000, options: ['S'] },
            { amount: 1500 + count, options: ['M'] },
          ],
        })),
      );
      const saved = await catalog.saveCollection({
        title: `${word}s`,
        handle: 'bowls',
        isPublished: true,
        rules: [{ field: 'title', relation: 'contains', value: word }],
      });
      if (!saved.ok) throw new Error(saved.refusal);
    });
  }
  await jobs.drain();
  const blog = await inStore('a', 'content', async ({ content }) => {
    const made = await content.createBlog({ title: 'News' });
    if (!made.ok) throw new Error(made.refusal);
    await content.createArticle({
      blogId: made.value.id,
      title: 'First words',
      body: '<p>Read on</p>',
      isPublished: true,
    } as never);
    return made.value;
  });

  const PAGES = [
    ['/', 200],
    ['/products/bowl-1', 200],
    ['/collections/bowls/products/bowl-1', 200],
    ['/collections/bowls', 200],
    ['/collections/all?sort_by=price-ascending', 200],
    ['/collections', 200],
    ['/cart', 200],
    ['/search?q=bowl', 200],
    ['/pages/about', 200],
    [`/blogs/${blog.handle}`, 200],
    [`/blogs/${blog.handle}/first-words`, 200],
    ['/nothing-here', 404],
  ] as const;

  async function expectWhole(t: Test) {
    const visitor = await shop.buyer([{ variantId: mug, quantity: 2 }]);
    for (const [path, status] of PAGES) {
      const page = await visitor.ask('GET', path);
      t.equal(page.status, status, path);
      t.match(page.body, /<\/html>\s*$/, `${path} is whole`);
      t.notMatch(page.body, /Liquid (?:syntax )?error|Translation missing|\[object/, `${path} has no error`);
    }
  }

  t.test(
    'an old-fashioned theme: every template, with snippets by include and a style sheet of Liquid',
    async (t) => {
      await publish('vintage');
      await expectWhole(t);
      const visitor = shop.visit();
      const home = await visitor.get('/');
      t.match(home.body, 'Thanks from Store a');
      t.match(home.body, '<p class="announcement">Hello there</p>');
      t.match(
        (await visitor.get('/?locale=fr')).body,
        '0 article<',
        'key by key in the language of the visitor',
      );
      const [, address] = /href="(\/cdn[^"]+theme\.css[^"]+)"/.exec(home.body) ?? [];
      const style = await visitor.ask('GET', address!);
      t.match(style.body, /color: #336699; font-family: Georgia, serif/);
      t.match(style.headers['cache-control'], 'immutable');
      t.match((await visitor.get('/products/bowl-1?view=quick')).body, /^<div class="quick">Bowl 1<\/div>/);
      const listed = await visitor.get('/collections/bowls');
      t.match(listed.body, '<p>12 of 12</p>');
      t.equal(listed.body.match(/class="card"/g)?.length, 5);
      const third = await visitor.get('/collections/bowls?page=3');
      t.equal(third.body.match(/class="card"/g)?.length, 2, 'a page that nobody came to one by one');
      for (const path of ['/account/login', '/account/register'])
        t.match((await visitor.get(path)).body, 'customer[email]');
    },
  );

  t.test(
    'a theme of the newest style: nested and static blocks, groups, bundled style and script',
    async (t) => {
      await publish('modern');
      await expectWhole(t);
      const visitor = shop.visit();
      const { body } = await visitor.get('/');
      t.match(body, '<div class="group">');
      t.match(body, 'Store a deep');
      t.match(body, 'Foot of Store a');
      t.match(body, 'class="color-scheme-2 index-1"');
      t.match(
        body,
        /<header id="shopify-section-sections--\d+__header" class="shopify-section shopify-section-group-header-group head">/,
      );
      t.notMatch(body, 'Hidden words');
      const [, style] = /href="(\/cdn[^"]+sections\.css[^"]+)"/.exec(body) ?? [];
      t.equal((await visitor.ask('GET', style!)).body, 'header { display: flex; }');
      const product = await visitor.get('/products/bowl-1');
      t.match(product.body, '<b class="price">€10.01</b>');
      t.match(product.body, 'By Bowl & Sons');
      const [, medium] = /data-id="(\d+)"[^>]*>M</.exec(product.body) ?? [];
      const chosen = await visitor.get(`/products/bowl-1?option_values=${medium}`);
      t.match(chosen.body, /data-selected-variant>\{[^<]*"title":"M"/);
    },
  );

  t.test('sections are rendered again on their own', async (t) => {
    const visitor = shop.visit();
    const { body } = await visitor.get('/');
    const [, id] = /id="shopify-section-(template--\d+__main)"/.exec(body) ?? [];
    const one = await visitor.ask('GET', `/?section_id=${id}`);
    t.match(one.body, new RegExp(`^<div id="shopify-section-${id}"[^]*</div>$`));
    const many = await visitor.json('GET', '/?sections=drawer,nothing');
    t.match(many.body, { drawer: /id="drawer"/, nothing: null });
    t.equal((await visitor.json('GET', '/?sections=a,b,c,d,e,f')).status, 400);
    t.equal((await visitor.ask('GET', '/?section_id=nothing')).status, 404);
    const found = await visitor.ask('GET', '/search/suggest?q=bowl&section_id=predictive&resources[limit]=2');
    t.equal(found.body.match(/<li>Bowl/g)?.length, 2);
    const suggested = await visitor.json('GET', '/search/suggest.json?q=bowl');
    t.equal(suggested.body.resources.results.products.length, 10);
  });

  t.test('the cart in the shapes that scripts of themes read', async (t) => {
    const visitor = shop.visit();
    t.match((await visitor.json('GET', '/cart.js')).body, {
      item_count: 0,
      items: [],
      total_price: 0,
      currency: 'EUR',
    });
    const added = await visitor.json('POST', '/cart/add.js', {
      id: mug,
      quantity: 2,
      sections: 'drawer',
      sections_url: '/',
    });
    t.match(added.body, {
      variant_id: mug,
      quantity: 2,
      price: 1999,
      line_price: 3998,
      title: 'Mug',
      sections: { drawer: /Mug × 2/ },
    });
    const many = await visitor.json('POST', '/cart/add', {
      items: [{ id: mug, quantity: 1, properties: { Text: 'Ada' } }],
    });
    t.match(many.body.items, [{ variant_id: mug, properties: { Text: 'Ada' } }]);
    const changed = await visitor.json('POST', '/cart/change', {
      line: 2,
      quantity: 0,
      sections: ['drawer'],
    });
    t.match(changed.body, { item_count: 2, total_price: 3998, sections: { drawer: /Mug × 2/ } });
    const [{ key }] = changed.body.items;
    t.match((await visitor.json('POST', '/cart/change.js', { id: key, quantity: 3 })).body, {
      item_count: 3,
    });
    t.match(
      (
        await visitor.json('POST', '/cart/update.js', {
          updates: { [mug]: 1 },
          note: 'Ring twice',
          attributes: { gift: 'yes' },
        })
      ).body,
      {
        item_count: 1,
        note: 'Ring twice',
        attributes: { gift: 'yes' },
      },
    );
    const short = await visitor.json('POST', '/cart/change.js', { line: 1, quantity: 5000 });
    t.match(short, { status: 422, body: { status: 422, message: /./, description: /./, errors: /./ } });
    t.match(await visitor.json('POST', '/cart/add.js', { id: 999_999 }), {
      status: 404,
      body: { status: 404, description: /./ },
    });
    t.match(await visitor.json('POST', '/cart/add.js', { id: mug, quantity: 'x' }), {
      status: 422,
      body: { status: 422 },
    });
    t.match((await visitor.json('POST', '/cart/clear.js', {})).body, { item_count: 0 });

    const form = await visitor.ask('POST', '/cart/add', { id: mug, quantity: 1 }, true);
    t.match(form, { status: 303, location: '/cart' });
    t.match(await visitor.ask('POST', '/cart', { 'updates[]': 4, checkout: '' }, true), {
      status: 303,
      location: '/checkout',
    });
    t.match((await visitor.json('GET', '/cart.json')).body, { item_count: 4 });
    t.match(
      await visitor.ask('POST', '/cart/add', { id: mug, return_to: 'https://elsewhere.example/x' }, true),
      { location: '/x' },
    );
  });

  t.test('products as data', async (t) => {
    const visitor = shop.visit();
    const { body } = await visitor.json('GET', '/products/bowl-1.js');
    t.match(body, {
      handle: 'bowl-1',
      price: 1001,
      price_max: 1501,
      available: true,
      options: ['Size'],
      variants: [{ option1: 'S', price: 1001 }, { option1: 'M' }],
    });
    t.equal((await visitor.json('GET', '/products/bowl-1.json')).body.product.id, body.id);
    t.equal((await visitor.json('GET', '/collections/bowls/products.json')).body.products.length, 12);
    t.ok(
      (await visitor.json('GET', `/recommendations/products.json?product_id=${body.id}&limit=3`)).body
        .products.length === 3,
    );
    t.equal(
      (await visitor.ask('GET', '/products/none.js', undefined, false, 'application/json')).status,
      404,
    );
    t.match(await visitor.ask('GET', `/cart/${mug}:2`), { status: 303, location: '/checkout' });
  });

  t.test('a store shows nothing of another one', async (t) => {
    await publish('modern', 'b');
    const here = shop.visit('a');
    const there = shop.visit('b');
    for (const [path] of PAGES) t.notMatch((await here.ask('GET', path)).body, 'Canary', path);
    t.match((await there.get('/collections/bowls')).body, 'Canary 1');
    t.notMatch((await there.get('/collections/bowls')).body, 'Bowl 1');
    const theirs = await inStore('a', 'storefront', ({ themes }) => themes.live());
    const foreign = `/cdn/shop/t/${theirs!.themeId}-${theirs!.number}/assets/shop.js?v=${theirs!.hash('assets/shop.js')}`;
    t.equal((await there.ask('GET', foreign)).status, 404);
  });

  t.test('statements stay few, however many products', async (t) => {
    const logged = await logStatements(shop.kernel);
    for (let count = 0; count < 10; count += 1) await shop.visit().get('/collections/all');
    for (const [path, most] of [
      ['/products/bowl-1', 4],
      ['/collections/bowls', 6],
    ] as const) {
      await shop.visit().get(path);
      const { statements } = await logged(() => shop.visit().get(path));
      t.comment(`${path}: ${statements.length}`);
      t.ok(statements.length <= most, `${path}: ${statements.length}`);
    }
  });
});

async function filesOf(name: string): Promise<Map<string, string>> {
  const folder = join(THEMES, name);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = files.map(
    async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const,
  );
  return new Map(await Promise.all(read));
}
