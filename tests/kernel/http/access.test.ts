import t from 'tap';
import { notesPlugin } from './notes.ts';
import { aPlugin, aStore, people, startHttp } from './support.ts';

const plugins = [notesPlugin()];
const NOT_FOUND = {
  type: 'urn:kontor:problem:KERNEL_ERR_NOT_FOUND',
  status: 404,
  detail: 'Nothing is found at this address',
};

t.test('answers a member of the store, by session or by key', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  t.same((await ask({ url: '/api/stores/a/notes/4', headers: people.owner })).body, {
    id: 4,
    limit: 20,
    store: 'a',
  });
  t.same((await ask({ url: '/api/stores/a/notes/4', headers: people.key })).body, {
    id: 4,
    limit: 20,
    store: 'a',
  });
  t.match((await ask({ url: '/api/admin/notes', headers: people.admin })).body, { actor: { userId: 3 } });
  t.match((await ask({ url: '/api/account/notes', headers: people.stranger })).body, {
    actor: { userId: 2 },
  });
  t.match((await ask({ url: '/notes' })).body, { actor: { kind: 'anonymous' } });
});

t.test('answers strangers, unknown stores, closed stores and switched-off plugins alike', async (t) => {
  const off = aStore(3, 'off');
  const without = { ...off, gate: { ...off.gate, plugins: new Set<string>() } };
  const stores = [aStore(1, 'a'), aStore(2, 'b'), aStore(4, 'shut', { state: 'closed' }), without];
  const { ask } = await startHttp(t, { plugins, stores });
  const answers = await Promise.all([
    ask({ url: '/api/stores/a/notes/4', headers: people.stranger }),
    ask({ url: '/api/stores/b/notes/4', headers: people.owner }),
    ask({ url: '/api/stores/nowhere/notes/4', headers: people.owner }),
    ask({ url: '/api/stores/b/notes/4', headers: people.key }),
    ask({ url: '/api/stores/nowhere/notes/4', headers: people.key }),
    ask({ url: '/api/admin/notes', headers: people.key }),
    ask({ url: '/', host: 'shut.localhost' }),
    ask({ url: '/', host: 'off.localhost' }),
    ask({ url: '/', host: 'unknown.example' }),
    ask({ url: '/api/stores/a/nothing', headers: people.owner }),
    ask({ method: 'DELETE', url: '/api/stores/b/notes/4', headers: people.owner }),
    ask({ method: 'POST', url: '/api/stores/b/notes', headers: people.owner, payload: '{ broken' }),
  ]);
  for (const answer of answers) {
    t.same(
      { ...answer.body, title: undefined, code: undefined, requestId: undefined },
      {
        ...NOT_FOUND,
        title: undefined,
        code: undefined,
        requestId: undefined,
      },
    );
  }
});

t.test('asks for a sign-in before it says whether a store is there', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const known = await ask({ url: '/api/stores/a/notes/4' });
  const unknown = await ask({ url: '/api/stores/nowhere/notes/4' });
  t.same([known.status, unknown.status], [401, 401]);
  t.equal(known.body.detail, unknown.body.detail);
  t.equal(known.headers['www-authenticate'], 'Bearer');
  t.equal(
    (await ask({ url: '/api/stores/a/notes/4', headers: { authorization: 'Bearer wrong' } })).status,
    401,
  );
});

t.test('refuses inside the own store with the permission that is missing', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const member = await ask({ method: 'DELETE', url: '/api/stores/a/notes/4', headers: people.owner });
  const key = await ask({
    method: 'POST',
    url: '/api/stores/a/notes',
    headers: people.key,
    payload: { text: 'x' },
  });
  t.equal(member.status, 403);
  t.match(member.body.detail, /'notes\.burn'/);
  t.equal(key.status, 403);
  t.match(key.body.detail, /'notes\.write'/);
  t.equal((await ask({ url: '/api/admin/notes', headers: people.owner })).status, 403);
  t.equal((await ask({ url: '/api/stores/a/me', headers: people.key })).status, 403);
});

t.test('keeps the sessions of people who work and of people who shop apart', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const shop = (cookie: string, host = 'a.localhost') =>
    ask({ url: '/api/shop/me', host, headers: { cookie } });
  t.match((await shop('kontor_customer=customer')).body, { actor: { customerId: 4 }, locale: 'fr' });
  t.equal((await shop('kontor_user=owner')).status, 401);
  t.equal((await shop('kontor_customer=customer', 'b.localhost')).status, 401);
  t.equal(
    (await ask({ url: '/api/account/notes', headers: { cookie: 'kontor_customer=customer' } })).status,
    401,
  );
  t.equal((await ask({ url: '/api/shop/me', host: 'a.localhost', headers: people.key })).status, 401);
});

t.test('finds platform routes on the platform host only, store routes on store hosts only', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  t.equal((await ask({ url: '/notes', host: 'a.localhost' })).status, 404);
  t.equal((await ask({ url: '/api/account/notes', host: 'a.localhost', headers: people.owner })).status, 404);
  t.equal((await ask({ url: '/api/shop/me', headers: people.customer })).status, 404);
  t.match((await ask({ url: '/', host: 'a.localhost:3000' })).body, { actor: { kind: 'anonymous' } });
  t.match((await ask({ url: '/' })).body, { name: 'Kontor', links: { ready: '/readyz' } });
});

t.test('lets a plugin take over the first page of the platform', async (t) => {
  const home = aPlugin('home', [
    { method: 'GET', path: '/', surface: 'platform', access: 'anyone', handler: () => ({ mine: true }) },
  ]);
  const { ask } = await startHttp(t, { plugins: [home] });
  t.same((await ask({ url: '/' })).body, { mine: true });
});

t.test('tells shoppers when a paused store may be back, and lets its team work on', async (t) => {
  const { ask } = await startHttp(t, { plugins, stores: [aStore(1, 'a', { state: 'paused' })] });
  const shopper = await ask({ url: '/', host: 'a.localhost' });
  t.same([shopper.status, shopper.headers['retry-after']], [503, '3600']);
  t.equal((await ask({ url: '/api/stores/a/notes/4', headers: people.owner })).status, 200);
});

t.test('asks features about a store that lacks one, and nobody about a store that has it', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  t.equal((await ask({ url: '/api/stores/a/print', headers: people.owner })).body, 'printed');
  const lacking = await ask({ url: '/api/stores/a/bind', headers: people.owner });
  t.equal(lacking.status, 403);
  t.match(lacking.body, { details: { feature: 'notes.bind', store: 'a' } });
});

t.test('believes a forwarded host of a trusted proxy only', async (t) => {
  const forwarded = { 'x-forwarded-host': 'b.localhost, a.localhost' };
  const trusting = await startHttp(t, { plugins, config: { trustedProxies: ['127.0.0.0/8'] } });
  const wary = await startHttp(t, { plugins, config: { trustedProxies: ['10.0.0.1'] } });
  const plain = await startHttp(t, { plugins });
  t.match((await trusting.ask({ url: '/', headers: forwarded })).body, { actor: { kind: 'anonymous' } });
  t.match((await wary.ask({ url: '/', headers: forwarded })).body, { name: 'Kontor' });
  t.match((await plain.ask({ url: '/', headers: { ...forwarded, referer: 'http://a.localhost/' } })).body, {
    name: 'Kontor',
  });
});

t.test('speaks the language of the person, else of the browser, else of the store', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const locale = async (accept: string, cookie = '') =>
    (await ask({ url: '/', host: 'a.localhost', headers: { 'accept-language': accept, cookie } })).body
      .locale;
  t.equal(await locale('de', 'kontor_customer=customer'), 'fr');
  t.equal(await locale('de;q=0.9, fr-LU;q=0.8, en;q=0.1'), 'fr');
  t.equal(await locale('de, ja'), 'en');
  t.equal(await locale('fr;q=0, *'), 'en');
});
