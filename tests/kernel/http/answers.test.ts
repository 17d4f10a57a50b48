import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import t from 'tap';
import { defineErrors, ok, refused, type Route, Type } from 'kontor/sdk';
import { aPlugin, people, startHttp } from './support.ts';

const errors = defineErrors({
  NOTES_ERR_GONE: ['Note %s is gone', 410, 'public'],
  NOTES_ERR_INSIDE: ['table notes.notes is broken', 502, 'private'],
});
const at = (path: string, handler: Route['handler'], more: Partial<Route> = {}): Route => ({
  method: 'GET',
  path,
  surface: 'platform',
  access: 'anyone',
  handler,
  ...more,
});
const fail = (error: unknown) => () => {
  throw error;
};
const text = 'Grüezi '.repeat(500);

const plugins = [
  aPlugin('notes', [
    at('/value', () => ({ a: 1 })),
    at('/accepted', () => ok({ a: 1 })),
    at('/public', ({ reply }) => void reply.header('cache-control', 'public, max-age=60')),
    at('/nothing', () => undefined),
    at('/done', () => ok()),
    at('/refused', () => refused('outOfStock', { available: 2 }), { refusals: { outOfStock: 409 } }),
    at('/refused-plainly', async () => refused('noSuchColour')),
    at('/moved', ({ reply }) => void reply.redirect('/value', 303)),
    at('/page', ({ reply }) => {
      reply.type('text/html; charset=utf-8').header('Content-Security-Policy', "default-src 'self'");
      return `<p>${text}</p>`;
    }),
    at('/file', ({ reply }) => {
      reply.type('text/csv');
      return Readable.from(['a,b\n', '1,2\n']);
    }),
    at('/shaped', () => ({ a: 1, secret: 'x' }), { response: { 200: Type.Object({ a: Type.Integer() }) } }),
    at('/misshaped', () => ({ b: 1 }), { response: { 200: Type.Object({ a: Type.Integer() }) } }),
    at('/gone', fail(new errors.NOTES_ERR_GONE(7, { details: { id: 7 } }))),
    at('/inside', fail(new errors.NOTES_ERR_INSIDE({ cause: new Error('column x') }))),
    at('/accident', async () => fail(new Error('relation "notes.secret" does not exist'))()),
    at('/null', fail(null)),
    at('/no-store', ({ store }) => store.name),
    at('/cookies', ({ reply, cookies }) => {
      reply
        .cookie('a', '1', { httpOnly: false, maxAge: 60, sameSite: 'strict' })
        .cookie('a', 'ü')
        .clearCookie('b');
      return cookies;
    }),
  ]),
];

t.test('turns what a handler returns into an answer', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const short = async (url: string) => {
    const { status, body } = await ask({ url });
    return [status, body];
  };
  t.same(await short('/value'), [200, { a: 1 }]);
  t.same(await short('/accepted'), [200, { a: 1 }]);
  t.same(await short('/nothing'), [204, '']);
  t.same(await short('/done'), [204, '']);
  t.same(await short('/shaped'), [200, { a: 1 }]);
  t.same(await short('/file'), [200, 'a,b\n1,2\n']);
  t.match(await ask({ url: '/moved' }), { status: 303, headers: { location: '/value' } });
  t.match(await ask({ url: '/cookies', headers: { cookie: 'x=1; y=%C3%BC' } }), {
    body: { x: '1', y: 'ü' },
    headers: {
      'set-cookie': [
        'a=%C3%BC; Path=/; HttpOnly; SameSite=Lax',
        'b=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
      ],
    },
  });
});

t.test('turns a refusal into a problem with its own status', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const { body, headers } = await ask({ url: '/refused' });
  t.same(body, {
    type: 'urn:kontor:problem:outOfStock',
    title: 'Conflict',
    status: 409,
    code: 'outOfStock',
    detail: 'Out of stock',
    details: { available: 2 },
    requestId: headers['x-request-id'],
  });
  t.match((await ask({ url: '/refused-plainly' })).body, { status: 422, detail: 'No such colour' });
});

t.test('tells a client what is public, the log what is not, and nobody the name of a table', async (t) => {
  const { ask, lines } = await startHttp(t, { plugins });
  t.match(await ask({ url: '/gone' }), {
    status: 410,
    body: { code: 'NOTES_ERR_GONE', detail: 'Note 7 is gone', details: { id: 7 } },
  });
  t.same(lines, []);
  for (const [url, status] of Object.entries({
    '/inside': 502,
    '/accident': 500,
    '/null': 500,
    '/no-store': 500,
    '/misshaped': 500,
  })) {
    const answer = await ask({ url });
    t.equal(answer.status, status);
    t.notMatch(JSON.stringify(answer.body), /notes\.|column|relation|stack/);
    t.match(lines.pop(), { level: 'error', details: { requestId: answer.body.requestId, plugin: 'notes' } });
  }
});

t.test('compresses large texts as the client can read them, nothing else', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const get = async (url: string, accept: string) => ask({ url, headers: { 'accept-encoding': accept } });
  const br = await get('/page', 'gzip, br');
  const gzip = await get('/page', 'gzip, br;q=0');
  const plain = await get('/page', 'identity');
  t.equal(brotliDecompressSync(br.raw).toString(), `<p>${text}</p>`);
  t.equal(gunzipSync(gzip.raw).toString(), `<p>${text}</p>`);
  t.equal(plain.body, `<p>${text}</p>`);
  t.match(br.headers, { 'content-encoding': 'br', vary: 'accept-encoding' });
  t.equal((await get('/value', 'br')).headers['content-encoding'], undefined);
});

t.test('sends headers that keep pages harmless, and lets a page say otherwise', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  t.match((await ask({ url: '/value' })).headers, {
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'strict-origin-when-cross-origin',
  });
  t.equal((await ask({ url: '/page' })).headers['content-security-policy'], "default-src 'self'");
});

t.test(
  'keeps what it answers to somebody it knows out of shared caches, unless the route says otherwise',
  async (t) => {
    const { ask } = await startHttp(t, { plugins });
    const cacheControl = async (url: string, headers = {}) =>
      (await ask({ url, headers })).headers['cache-control'];

    t.equal(await cacheControl('/value', people.owner), 'private');
    t.equal(await cacheControl('/refused-plainly', people.owner), 'no-store');
    t.equal(await cacheControl('/public', people.owner), 'public, max-age=60');
    t.equal(await cacheControl('/value'), undefined, 'a stranger gets what all get');
  },
);

t.test('answers HEAD like GET without the body', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  t.match(await ask({ method: 'HEAD', url: '/value' }), {
    status: 200,
    body: '',
    headers: { 'content-length': '7' },
  });
});
