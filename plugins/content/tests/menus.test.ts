import t from 'tap';
import type { Cradle, MenuLink } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import '../contract.ts';
import { readCsv } from '../services/read-csv.ts';

const world = await startTestKernel(t, { plugins: ['content', 'catalog'] });
const { anonymous, inStore, owner, secondNode } = world;
const [ada, bob] = [await owner('a'), await owner('b')];
const A = '/api/stores/store-a';
const inA = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'content', work);
const shown = (links: readonly MenuLink[]): unknown[] =>
  links.map(({ title, url, links: below }) => (below.length > 0 ? [title, url, shown(below)] : [title, url]));
const menu = async (locale = 'en') =>
  (await anonymous('a').get('/api/shop/menus/main-menu', undefined, { 'accept-language': locale })).body;

t.test('a menu leads to products, collections, pages and posts, three deep, in each language', async (t) => {
  const product = await ada.post(`${A}/products`, { title: 'Bowl', state: 'active' });
  const collection = await ada.post(`${A}/collections`, { title: 'Table', isPublished: true });
  const hidden = await ada.post(`${A}/collections`, { title: 'Hidden' });
  const page = await ada.post(`${A}/pages`, {
    title: 'Care',
    isPublished: true,
    translations: { fr: { title: 'Entretien', handle: 'entretien' } },
  });
  const blog = await ada.post(`${A}/blogs`, { title: 'News' });
  const article = await ada.post(`${A}/articles`, { blogId: blog.body.id, title: 'Open', isPublished: true });

  const saved = await ada.post(`${A}/menus`, {
    handle: 'main-menu',
    title: 'Main menu',
    items: [
      { title: 'Home', target: 'home', titles: { fr: 'Accueil' } },
      {
        title: 'Shop',
        target: 'products',
        items: [
          {
            title: 'Table',
            target: 'collection',
            targetId: collection.body.id,
            items: [{ title: 'Bowl', target: 'product', targetId: product.body.id }],
          },
          { title: 'Hidden', target: 'collection', targetId: hidden.body.id },
        ],
      },
      { title: 'Care', target: 'page', targetId: page.body.id, titles: { fr: 'Entretien' } },
      { title: 'About', target: 'page', targetKey: 'about' },
      { title: 'News', target: 'blog', targetId: blog.body.id },
      { title: 'Opening', target: 'article', targetId: article.body.id },
      { title: 'Terms', target: 'policy', targetKey: 'terms-of-service' },
      { title: 'Own', target: 'url', url: `http://${world.stores.a.host}/search?q=bowl` },
      { title: 'Far', target: 'url', url: 'https://example.lu/a' },
    ],
  });

  t.equal(saved.status, 201);
  const english = await menu();
  t.equal(english.levels, 3);
  t.same(shown(english.links), [
    ['Home', '/'],
    ['Shop', '/collections/all', [['Table', '/collections/table', [['Bowl', '/products/bowl']]]]],
    ['Care', '/pages/care'],
    ['About', '/pages/about'],
    ['News', '/blogs/news'],
    ['Opening', '/blogs/news/open'],
    ['Terms', '/policies/terms-of-service'],
    ['Own', '/search?q=bowl'],
    ['Far', 'https://example.lu/a'],
  ]);
  const french = await menu('fr');
  t.match(shown(french.links)[0], ['Accueil', '/']);
  t.match(shown(french.links)[2], ['Entretien', '/pages/entretien']);
  t.equal((await anonymous('b').get('/api/shop/menus/main-menu')).status, 404);

  await ada.patch(`${A}/pages/${page.body.id}`, { isPublished: false });
  t.notOk(JSON.stringify(await menu()).includes('/pages/care'), 'what is hidden is left out at once');
});

t.test('another process hears of a change', async (t) => {
  const node = await secondNode();
  const there = async () => {
    const answer = await node.http.inject({
      method: 'GET',
      url: '/api/shop/menus/main-menu',
      headers: { host: world.stores.a.host },
    });
    return answer.json().links.length as number;
  };
  const before = await there();
  const { id, items, version } = (await ada.get(`${A}/menus`)).body.items[0];
  t.equal((await ada.patch(`${A}/menus/${id}`, { items: items.slice(0, 2), version })).status, 200);
  t.not(before, 2);
  t.equal((await menu()).links.length, 2);
  let seen = await there();
  for (let tries = 0; seen !== 2 && tries < 200; tries += 1) seen = await there();
  t.equal(seen, 2);
});

t.test('a menu refuses what leads nowhere, and who comes late', async (t) => {
  const { id, version } = (await ada.get(`${A}/menus`)).body.items[0];
  const refusal = async (items: unknown[], more: object = {}) => {
    const { status, body } = await ada.patch(`${A}/menus/${id}`, { items, ...more });
    return [status, body.code];
  };
  const deep = { title: 'x', target: 'home' };
  t.same(await refusal([{ title: 'x', target: 'product', targetId: 999_999 }]), [422, 'unknownTarget']);
  t.same(await refusal([{ title: 'x', target: 'page' }]), [422, 'invalid']);
  for (const url of [
    'javascript:alert(1)',
    '//evil.example',
    'data:text/html,x',
    'ftp://x',
    'https://u:p@x.lu',
    '',
  ])
    t.same(await refusal([{ title: 'x', target: 'url', url }]), [422, 'invalid'], url);
  t.equal((await refusal([{ ...deep, items: [{ ...deep, items: [{ ...deep, items: [deep] }] }] }]))[0], 422);
  t.same(await refusal([deep], { version: version - 1 }), [409, 'changed']);
  const again = await ada.post(`${A}/menus`, { handle: 'main-menu', title: 'x', items: [] });
  t.match(again, { status: 409, body: { code: 'handleTaken' } });
  t.equal((await bob.get(`/api/stores/store-b/menus/${id}`)).status, 404);
  t.equal((await bob.delete(`/api/stores/store-b/menus/${id}`)).status, 404);
  t.equal((await ada.delete(`${A}/menus/${id}`)).status, 204);
  t.equal((await anonymous('a').get('/api/shop/menus/main-menu')).status, 404);
});

t.test('redirects lead past one another to the end, whatever the spelling', async (t) => {
  const saved = await ada.post(`${A}/redirects`, {
    redirects: [
      { from: '/Old/', to: '/older' },
      { from: '/older?x=1', to: '/pages/about' },
      { from: '/caf%C3%A9', to: 'https://example.lu/cafe' },
    ],
  });
  t.match(saved, { status: 200, body: { saved: 3 } });
  await inA(async ({ content }) => {
    t.equal(await content.redirect('/old'), '/pages/about');
    t.equal(await content.redirect('/OLD/?utm=1'), '/pages/about');
    t.equal(await content.redirect('/Café'), 'https://example.lu/cafe');
    t.equal(await content.redirect('/%E0%A4%A'), undefined);
    t.equal(await content.redirect('/pages/about'), undefined);
  });
  await inStore('b', 'content', async ({ content }) => t.equal(await content.redirect('/old'), undefined));
});

t.test('redirects that lead back, or anywhere but to a page, are refused, all of them', async (t) => {
  const refusal = async (...redirects: { from: string; to: string }[]) =>
    (await ada.post(`${A}/redirects`, { redirects })).body.code;
  t.equal(await refusal({ from: '/x', to: '/x' }), 'loop');
  t.equal(await refusal({ from: '/pages/about', to: '/old' }), 'loop');
  t.equal(await refusal({ from: '/y', to: '/z' }, { from: '/z', to: '/Y/' }), 'loop');
  t.equal(await refusal({ from: '/y', to: `http://${world.stores.a.host}/y` }), 'loop');
  for (const to of ['javascript:alert(1)', '//evil.example', 'mailto:a@b.lu', ' ', '/\\evil.example'])
    t.equal(await refusal({ from: '/y', to }), 'invalid', to);
  t.equal(await refusal({ from: 'y', to: '/z' }), 'invalid');
  t.equal(await refusal({ from: '/', to: '/z' }), 'invalid');
  await inA(async ({ content }) => t.equal(await content.redirect('/y'), undefined));
});

t.test('redirects come as CSV, are listed and removed', async (t) => {
  const csv = '\uFEFFfrom;to\r\n/a;/b\r\n"/with;semicolon";"/q?a=""1"""\r\n\r\n';
  t.match(await ada.post(`${A}/redirects/import`, { csv }), { status: 200, body: { saved: 2 } });
  const bad = await ada.post(`${A}/redirects/import`, { csv: '/c,/d\n/e,nowhere\n' });
  t.match(bad, { status: 422, body: { code: 'invalid', details: { line: 2, from: '/e', to: 'nowhere' } } });
  const { items, next } = (await ada.get(`${A}/redirects?text=semicolon`)).body;
  t.match({ items, next }, { items: [{ from: '/with;semicolon', to: '/q?a="1"' }], next: null });
  t.equal((await bob.delete(`/api/stores/store-b/redirects/${items[0].id}`)).status, 404);
  t.equal((await ada.delete(`${A}/redirects/${items[0].id}`)).status, 204);
  const first = (await ada.get(`${A}/redirects?limit=2`)).body;
  const rest = (await ada.get(`${A}/redirects?limit=2&cursor=${first.next}`)).body;
  t.same(
    [...first.items, ...rest.items].map(({ from }: { from: string }) => from),
    ['/a', '/café', '/old', '/older'],
  );
});

t.test('CSV is read as it comes', (t) => {
  t.same(readCsv('a,b\n"c ""d"" e",f\n"g\nh" x,i'), [
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['c "d" e', 'f'] },
    { line: 3, cells: ['g\nh', 'i'] },
  ]);
  t.same(readCsv('a\tb,c\td'), [{ line: 1, cells: ['a', 'b,c', 'd'] }]);
  t.same(readCsv('"open'), [{ line: 1, cells: ['open'] }]);
  t.end();
});
