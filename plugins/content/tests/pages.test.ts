import t from 'tap';
import type { DefaultPageKey } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import '../contract.ts';

const HOUR = 3_600_000; // ms
const world = await startTestKernel(t, { plugins: ['content'] });
const { admin, anonymous, apiKey, clock, inStore, member, owner } = world;
const [ada, bob] = [await owner('a'), await owner('b')];
const PAGES = '/api/stores/store-a/pages';
const shop = (handle: string, locale = 'en', store: 'a' | 'b' = 'a') =>
  anonymous(store).get(`/api/shop/pages/${handle}`, undefined, { 'accept-language': locale });
const revision = (store: 'a' | 'b') => inStore(store, 'content', ({ content }) => content.revision());

t.test('a store begins with the platform’s texts, with its own data filled in', async (t) => {
  const before = await revision('a');
  await inStore('a', 'content', ({ settings }) =>
    settings.set({
      company: 'Ada & <Daughters>',
      address: '1, rue du Fossé\nL-1536 Luxembourg',
      email: 'ada@example.lu',
    }),
  );

  t.not(await revision('a'), before, 'what others keep of it is known to be old');
  const { status, body } = await shop('legal-notice');
  t.equal(status, 200);
  t.match(body, { id: null, handle: 'legal-notice', title: 'Legal notice' });
  t.same(body.body.split('\n').filter(Boolean), [
    '<p>This shop is run by</p>',
    '<address>Ada &#38; &#60;Daughters&#62;<br>1, rue du Fossé<br>L-1536 Luxembourg</address>',
    '<p>E-mail: <a href="mailto:ada@example.lu">ada@example.lu</a></p>',
  ]);
  t.equal((await shop('legal-notice', 'fr')).body.title, 'Mentions légales');
  const other = await shop('legal-notice', 'de', 'b');
  t.equal(other.body.title, 'Impressum');
  t.match(other.body.body, '<address>Store b</address>');
});

t.test('every default reads well in every language: no place is left open', async (t) => {
  for (const key of ['about', 'faq', 'contact', 'shipping', 'returns', 'privacy', 'terms', 'legal-notice']) {
    for (const locale of ['en', 'fr', 'de', 'lb']) {
      const { status, body } = await shop(key, locale, 'b');
      t.equal(status, 200);
      t.notMatch(body.body, /\{\{|\]\]|\[\[|undefined/, `${key} in ${locale}`);
    }
  }
});

t.test('a default is made the store’s own, changed, hidden and given back', async (t) => {
  const before = await revision('a');
  const made = await ada.post(PAGES, { defaultKey: 'about', isPublished: true });
  t.match(made, {
    status: 201,
    body: { handle: 'about', title: 'About us', defaultKey: 'about', version: 1, isVisible: true },
  });
  t.match(made.body.translations.fr, { title: 'À propos' });
  t.not(await revision('a'), before, 'what others keep is known to be old');
  t.match(await ada.post(PAGES, { defaultKey: 'about' }), { status: 409, body: { code: 'alreadyOwn' } });

  const { id } = made.body;
  const changed = await ada.patch(`${PAGES}/${id}`, {
    body: '<p>{{ store.name }} since 1998</p>',
    version: 1,
  });
  t.match(changed, { status: 200, body: { version: 2, body: '<p>{{ store.name }} since 1998</p>' } });
  t.match((await shop('about')).body, { id, body: '<p>Store a since 1998</p>' });
  t.equal((await shop('about', 'en', 'b')).body.id, null, 'the other store has the default');

  await ada.patch(`${PAGES}/${id}`, { isPublished: false });
  t.equal((await shop('about')).status, 404);
  t.match((await ada.get('/api/stores/store-a/default-pages')).body.items[0], { key: 'about', pageId: id });

  t.equal((await ada.delete(`${PAGES}/${id}`)).status, 204);
  t.match((await shop('about')).body, { id: null, title: 'About us' });
});

t.test('who edits what somebody else has changed meanwhile is told so', async (t) => {
  const { body } = await ada.post(PAGES, { title: 'Care' });
  await ada.patch(`${PAGES}/${body.id}`, { title: 'Care guide', version: 1 });

  const late = await ada.patch(`${PAGES}/${body.id}`, { title: 'Caring', version: 1 });

  t.match(late, {
    status: 409,
    body: { code: 'changed', details: { version: 2, changedBy: /@example.lu$/ } },
  });
  t.equal((await ada.get(`${PAGES}/${body.id}`)).body.title, 'Care guide');
});

t.test('a page is a draft, then planned, then seen when its time has come', async (t) => {
  const { body } = await ada.post(PAGES, { title: 'Summer sale' });
  t.equal((await shop('summer-sale')).status, 404);
  const publishAt = new Date(clock.now().getTime() + HOUR).toISOString();
  await ada.patch(`${PAGES}/${body.id}`, { isPublished: true, publishAt });
  t.equal((await shop('summer-sale')).status, 404);
  const planned = await ada.get(`${PAGES}?state=planned`);
  t.same(
    planned.body.items.map(({ title }: { title: string }) => title),
    ['Summer sale'],
  );

  clock.move(HOUR + 1);

  t.equal((await shop('summer-sale')).body.title, 'Summer sale');
});

t.test('a page has an address in each language, and those it had before lead on', async (t) => {
  const { body } = await ada.post(PAGES, {
    title: 'Our workshop',
    isPublished: true,
    translations: { fr: { title: 'Notre atelier', handle: 'Notre atelier', body: '<p>Bonjour</p>' } },
  });
  t.match(body.handles, { en: 'our-workshop', fr: 'notre-atelier', de: 'our-workshop' });
  t.match((await shop('our-workshop', 'fr')).body, { handle: 'notre-atelier', title: 'Notre atelier' });

  await ada.patch(`${PAGES}/${body.id}`, { handle: 'workshop' });
  t.match((await shop('our-workshop')).body, { handle: 'workshop' });

  const taken = await ada.post(PAGES, { title: 'Other', handle: 'notre-atelier' });
  t.match(taken, { status: 409, body: { code: 'handleTaken', details: { handle: 'notre-atelier' } } });
  const next = await ada.post(PAGES, { title: 'Other', handle: 'our-workshop', isPublished: true });
  t.equal(next.status, 201, 'an address that was given up is free');
  t.match((await shop('our-workshop')).body, { title: 'Other' });
  const twin = await ada.post(PAGES, { title: 'Workshop' });
  t.equal(twin.body.handle, 'workshop-2');
});

t.test('hostile HTML loses what could run, and keeps what can be read', async (t) => {
  const hostile = [
    '<p onclick="steal()" style="position:fixed" class="js-cart" id="cart">Text</p>',
    '<script>steal()</script><style>*{}</style><iframe src="https://evil.example"></iframe>',
    '<svg><script>steal()</script></svg><math><mi xlink:href="javascript:steal()">x</mi></math>',
    '<a href="jAvAsCrIpT:steal()">one</a><a href="java\nscript:steal()">two</a>',
    '<a href="data:text/html,steal()">three</a><a href="{{ company.name }}">four</a>',
    '<a href="https://example.lu" target="_blank" rel="opener">five</a>',
    '<img src="x" onerror="steal()"><img src="data:image/svg+xml,steal()">',
    '<form action="/account"><input name="password"><button>Go</button></form>',
    '<noscript><p title="</noscript><img src=x onerror=steal()>"></noscript>',
    '<base href="https://evil.example"><meta http-equiv="refresh" content="0"><object data="x"></object>',
  ].join('');

  const { body } = await ada.post(PAGES, {
    title: 'Hostile <b>title</b>',
    body: hostile,
    isPublished: true,
    translations: { fr: { body: hostile } },
  });

  for (const text of [body.body, body.translations.fr.body]) {
    t.notMatch(text, /script|onclick|onerror|style|iframe|<svg|<form|<input|<base|<meta|class=|id=|data:/i);
    t.match(text, '<p>Text</p>');
    t.match(text, '<a>one</a>');
    t.match(text, '<a>four</a>');
    t.match(text, '<a href="https://example.lu" target="_blank" rel="noopener">five</a>');
  }
  t.equal(body.title, 'Hostile <b>title</b>', 'a title is text, and is escaped where it is shown');
});

t.test('an admin changes a default for every store, and brings back what came along', async (t) => {
  const boss = await admin();
  const address = '/api/admin/content/default-pages/faq/fr';
  t.equal((await ada.put(address, { title: 'x', body: 'x', version: 0 })).status, 403);
  const listed = await boss.get('/api/admin/content/default-pages');
  t.equal(listed.body.items.length, 32);

  const saved = await boss.put(address, {
    title: 'Vos questions',
    body: '<p>{{ store.name }} répond.</p><script>x</script>',
    version: 0,
  });
  t.match(saved, { status: 200, body: { version: 1, body: '<p>{{ store.name }} répond.</p>' } });
  t.match((await shop('faq', 'fr', 'b')).body, { title: 'Vos questions', body: '<p>Store b répond.</p>' });
  t.match((await shop('faq', 'fr')).body, { body: '<p>Store a répond.</p>' });
  t.equal((await shop('faq', 'de')).body.title, 'Fragen und Antworten');
  t.match(await boss.put(address, { title: 'x', body: 'x', version: 0 }), {
    status: 409,
    body: { code: 'changed', details: { version: 1 } },
  });

  t.equal((await boss.delete(address)).status, 204);
  t.equal((await shop('faq', 'fr', 'b')).body.title, 'Questions fréquentes');
  t.equal((await boss.delete(address)).status, 404);
});

t.test('policies are pages in another role', async (t) => {
  const { body } = await anonymous('a').get('/api/shop/policies');
  t.same(
    body.items.map(({ handle, title, url }: Record<string, string>) => [handle, title, url]),
    [
      ['refund-policy', 'Returns and withdrawal', '/policies/refund-policy'],
      ['privacy-policy', 'Privacy', '/policies/privacy-policy'],
      ['terms-of-service', 'Terms of sale', '/policies/terms-of-service'],
      ['shipping-policy', 'Shipping', '/policies/shipping-policy'],
      ['legal-notice', 'Legal notice', '/policies/legal-notice'],
    ],
  );
  const own = await ada.post(PAGES, { title: 'Terms', body: '<p>Ours</p>', isPublished: true });
  t.equal(own.body.defaultKey, 'terms', 'a page at the address of a default takes its place');
  t.match((await anonymous('a').get('/api/shop/policies/terms-of-service')).body, {
    title: 'Terms',
    body: '<p>Ours</p>',
  });
  t.equal((await anonymous('b').get('/api/shop/policies/terms-of-service')).body.title, 'Terms of sale');
});

t.test('lists go on behind their last one, and find words of any language', async (t) => {
  const first = await ada.get(`${PAGES}?limit=2`);
  const second = await ada.get(`${PAGES}?limit=2&cursor=${first.body.next}`);
  const all = await ada.get(`${PAGES}?limit=4`);
  t.same([...first.body.items, ...second.body.items], all.body.items);
  t.equal(first.body.items[0].body, undefined);
  const found = await ada.get(`${PAGES}?text=ateli`);
  t.same(
    found.body.items.map(({ handle }: { handle: string }) => handle),
    ['workshop'],
  );
});

t.test('others find, list and look up pages in a statement each', async (t) => {
  await inStore('a', 'content', async ({ content }) => {
    const { entries, count } = await content.search('atelier bonj', { locale: 'fr' });
    t.match({ count, entries }, { count: 1, entries: [{ kind: 'page', path: '/pages/notre-atelier' }] });
    t.same(await content.search("'); drop table content.pages; --"), { entries: [], count: 0 });
    const sitemap = await content.entries({ kind: 'page' });
    const paths = sitemap.entries.map(({ path }) => path);
    t.ok(paths.includes('/pages/about') && paths.includes('/pages/workshop'));
    t.equal(new Set(paths).size, paths.length, 'each once');
    const keys: DefaultPageKey[] = ['about', 'terms'];
    const pages = await content.pages({ handles: [...keys, 'workshop', 'nothing'] });
    t.same(pages.map(({ handle }) => handle).sort(), ['about', 'terms', 'workshop']);
  });
});

t.test('the other store’s pages are not there for anybody else', async (t) => {
  const { body } = await ada.post(PAGES, { title: 'Secret', isPublished: true });
  const its = `/api/stores/store-b/pages/${body.id}`;
  t.equal((await bob.get(its)).status, 404);
  t.equal((await bob.patch(its, { title: 'x' })).status, 404);
  t.equal((await bob.delete(its)).status, 404);
  t.equal((await bob.get(`${PAGES}/${body.id}`)).status, 404);
  t.equal((await shop('secret', 'en', 'b')).status, 404);
  t.same(await inStore('b', 'content', ({ content }) => content.pages({ ids: [body.id] })), []);
});

t.test('roles see and change what they may', async (t) => {
  const reader = await member('a', 'read-only');
  t.equal((await reader.get(PAGES)).status, 200);
  t.equal((await reader.post(PAGES, { title: 'x' })).status, 403);
  t.equal((await reader.get('/api/stores/store-a/contact-messages')).status, 403);
  const key = await apiKey('a', ['content.read']);
  t.equal((await key.get(PAGES)).status, 200);
  t.equal((await key.delete(`${PAGES}/1`)).status, 403);
  t.equal((await ada.post(PAGES, { title: 'x', price: 1 })).status, 422);
});
