import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { readSchema } from '../../plugins/storefront/themes/model/schema.ts';
import { readFolder } from '../../plugins/storefront/themes/zip/read-folder.ts';
import { openShop } from '../support/shop.ts';

const FOLDER = fileURLToPath(new URL('../../themes/default', import.meta.url));
const PLUGINS = [
  'storefront',
  'checkout',
  'payments-manual',
  'inventory',
  'search',
  'mail',
  'customers',
  'content',
];
const BROKEN = /Liquid (?:syntax )?error|[Tt]ranslation missing|\[object/;
const AT_ONCE = 25; // sections that one template may have

t.test('the default theme', async (t) => {
  const shop = await openShop(t, { plugins: PLUGINS, until: 'control' });
  const { inStore, jobs, mug } = shop;
  await inStore('a', 'catalog', async ({ catalog }) => {
    await catalog.upsert(
      Array.from({ length: 30 }, (_, count) => ({
        handle: `bowl-${count}`,
        title: `Bowl <${count}>`,
        vendor: 'Potters & Sons',
        state: 'active' as const,
        safety: { manufacturer: 'Potters, 9420 Vianden' },
        options: [{ name: 'Size', values: ['S', 'M'] }],
        variants: [
          { amount: 1000 + count, compareAtAmount: 2000, options: ['S'] },
          { amount: 1500 + count, options: ['M'] },
        ],
      })),
    );
    const rules = [{ field: 'title', relation: 'contains', value: 'Bowl' }] as const;
    await catalog.saveCollection({ title: 'Bowls', handle: 'bowls', isPublished: true, rules: [...rules] });
  });
  await inStore('a', 'content', async ({ content }) => {
    const blog = await content.createBlog({ title: 'News' });
    if (!blog.ok) throw new Error(blog.refusal);
    const words = { title: 'First words', body: '<p>Read on</p>', isPublished: true };
    await content.createArticle({ blogId: blog.value.id, ...words } as never);
  });
  await jobs.drain();
  const theme = await inStore('a', 'storefront', async ({ themes }) => {
    const made = await themes.addBundled({ key: 'default' });
    if (!made.ok) throw new Error(made.refusal);
    const { id } = made.value.theme;
    const published = await themes.publish({ id });
    if (!published.ok) throw new Error(published.refusal);
    return id;
  });

  async function expectWhole(t: Test, paths: readonly string[], status = 200) {
    const visitor = await shop.buyer([{ variantId: mug, quantity: 2 }]);
    for (const path of paths) {
      const page = await visitor.ask('GET', path);
      t.equal(page.status, status, path);
      t.match(page.body, /<\/html>\s*$/, `${path} is whole`);
      t.equal(BROKEN.exec(page.body)?.[0], undefined, `${path} has no error`);
    }
  }

  t.test('every page is whole, without an error', async (t) => {
    await expectWhole(t, [
      ...[
        '/',
        '/products/bowl-1',
        '/collections/bowls/products/bowl-1',
        '/collections',
        '/collections/bowls',
      ],
      ...['/collections/all?page=2', '/collections/all?filter.v.price.gte=10.05&sort_by=price-descending'],
      ...['/cart', '/search', '/search?q=bowl', '/search?q=nothing+at+all', '/pages/about', '/pages/contact'],
      ...['/pages/about?view=contact', '/pages/about?view=faq', '/policies/privacy-policy', '/blogs/news'],
      ...['/blogs/news/first-words', '/account/login', '/account/register'],
    ]);
    await expectWhole(t, ['/nothing-here'], 404);
  });

  t.test('it says what the store says of itself, and who answers for a product', async (t) => {
    const words = { headline: 'Good bowls', translations: { fr: { headline: 'De bons bols' } } };
    await inStore('a', 'storefront', ({ settings }) => settings.set(words));
    const visitor = shop.visit();
    t.match((await visitor.get('/')).body, /<h1>Good bowls<\/h1>/);
    t.match((await visitor.get('/?locale=fr')).body, /<h1>De bons bols<\/h1>/);
    t.match((await visitor.get('/products/bowl-1')).body, 'Potters, 9420 Vianden');
  });

  t.test('every page is whole in every language of the store', async (t) => {
    for (const locale of ['fr', 'de', 'lb']) {
      await expectWhole(t, [
        `/?locale=${locale}`,
        `/products/bowl-1?locale=${locale}`,
        `/cart?locale=${locale}`,
      ]);
    }
  });

  t.test('names of products are text, wherever they stand', async (t) => {
    const visitor = shop.visit();
    for (const path of ['/', '/products/bowl-1', '/collections/bowls', '/search?q=bowl']) {
      t.notMatch((await visitor.get(path)).body, /Bowl <\d/, path);
    }
  });

  t.test(
    'the parts that scripts ask for are there: cart drawer, suggestions, related products',
    async (t) => {
      const visitor = await shop.buyer([{ variantId: mug, quantity: 2 }]);
      const drawer = await visitor.get('/?section_id=cart-drawer');
      t.match(drawer.body, 'data-count="2"');
      const found = await visitor.get('/search/suggest?q=bowl&section_id=predictive-search');
      t.match(found.body, 'Bowl &lt;');
      const product = await visitor.get('/products/bowl-1');
      const [, related] = /data-related="([^"]+)"/.exec(product.body) ?? [];
      const goingWith = await visitor.get(related!.replaceAll('&amp;', '&'));
      t.match(goingWith.body, 'data-swap="related"');
      for (const { body } of [drawer, found, goingWith]) t.equal(BROKEN.exec(body)?.[0], undefined);
    },
  );

  t.test('every section of it can stand on a page as its preset says', async (t) => {
    const files = await readFolder(FOLDER);
    const sections = files.flatMap(({ path, content }) => {
      const [, type] = /^sections\/(.+)\.liquid$/.exec(path) ?? [];
      return type ? [{ type, schema: readSchema(String(content)) }] : [];
    });
    for (let from = 0; from < sections.length; from += AT_ONCE) {
      const part = sections
        .slice(from, from + AT_ONCE)
        .map(({ type, schema }) => [type, partOf(type, schema)]);
      const template = { sections: Object.fromEntries(part), order: part.map(([type]) => type) };
      await inStore('a', 'storefront', async ({ themes }) => {
        const change = new Map([['templates/index.json', JSON.stringify(template)]]);
        const head = (await themes.find(theme))!.head;
        const made = await themes.change({ id: theme, from: head, change });
        if (!made.ok) throw new Error(`${made.refusal} ${JSON.stringify(made.details)}`);
        const published = await themes.publish({ id: theme });
        if (!published.ok) throw new Error(published.refusal);
      });
      await expectWhole(t, ['/']);
    }
  });
});

/** A section as somebody adds it: with the blocks of its preset, or one of each that it knows. */
function partOf(type: string, { presets, blocks }: ReturnType<typeof readSchema>) {
  const listed = (presets[0]?.blocks ?? blocks.map((block) => ({ type: block.type }))) as { type: string }[];
  const named = listed.filter((block) => block.type !== '@app').map((block, at) => [`block${at}`, block]);
  return { type, blocks: Object.fromEntries(named), block_order: named.map(([id]) => id) };
}
