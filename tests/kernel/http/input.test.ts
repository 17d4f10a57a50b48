import t from 'tap';
import { route, Type } from 'kontor/sdk';
import { notesPlugin } from './notes.ts';
import { aPlugin, people, startHttp } from './support.ts';

const plugins = [notesPlugin()];
const note = { method: 'POST', url: '/api/stores/a/notes', headers: people.owner } as const;

t.test('names every fault of a body with what was wanted, what came and what to do', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const payload = { text: '', copies: '3', colour: 'red', place: { shelf: 'x', row: 1 } };
  const { status, headers, body } = await ask({ ...note, payload });
  t.equal(status, 422);
  t.equal(headers['content-type'], 'application/problem+json; charset=utf-8');
  t.same(
    body.details.faults.sort((a: { pointer: string }, b: { pointer: string }) =>
      a.pointer < b.pointer ? -1 : 1,
    ),
    [
      {
        pointer: '/body/colour',
        wanted: 'no such field',
        came: 'one',
        fix: 'Leave it out, or correct its name',
      },
      { pointer: '/body/copies', wanted: 'integer', came: 'a text of 1 letters', fix: 'Send integer' },
      {
        pointer: '/body/place/row',
        wanted: 'no such field',
        came: 'one',
        fix: 'Leave it out, or correct its name',
      },
      {
        pointer: '/body/text',
        wanted: 'at least 1 characters',
        came: 'a text of 0 letters',
        fix: 'Send at least 1 characters',
      },
    ],
  );
});

t.test('names fifty faults at most, so that a small body makes no large answer', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const payload = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x${index}`, 1]));

  const { status, body } = await ask({ ...note, payload });

  t.equal(status, 422);
  t.equal(body.details.faults.length, 50);
  t.ok(body.detail.length < 5000, `${body.detail.length} letters`);
});

t.test('coerces what addresses and forms can only say as text, and gives defaults', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const get = async (url: string) => ask({ url, headers: people.owner });
  t.same((await get('/api/stores/a/notes/7?limit=5&utm_source=x')).body, { id: 7, limit: 5, store: 'a' });
  t.equal((await get('/api/stores/a/notes/seven')).status, 400);
  t.match((await get('/api/stores/a/notes/7?limit=500')).body.details.faults, [{ pointer: '/query/limit' }]);
  const form = await ask({
    method: 'POST',
    url: '/cart/add',
    host: 'a.localhost',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'id=7&ids[]=1&ids[]=2&attributes[gift%20note]=Dear+Ann',
  });
  t.same(form.body, { id: 7, ids: [1, 2], attributes: { 'gift note': 'Dear Ann' } });
});

t.test('refuses what is no JSON, too large, too deep, of another type, or poisoned', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const json = { ...people.owner, 'content-type': 'application/json' };
  const post = async (payload: string, headers: Record<string, string> = json) =>
    ask({ ...note, headers, payload });
  const cases = [
    await post('{ "text": '),
    await post(`{"text":"${'x'.repeat(3000)}"}`),
    await post(`{"text":"x","place":${'['.repeat(40)}${']'.repeat(40)}}`),
    await post('<note/>', { ...people.owner, 'content-type': 'text/xml' }),
    await post('{"text":"x","__proto__":{"isAdmin":true}}'),
    await post('{"text":"x","constructor":{"prototype":{"a":1}}}'),
    await post(''),
    await post('null'),
    await post('__proto__[isAdmin]=1', {
      ...people.owner,
      'content-type': 'application/x-www-form-urlencoded',
    }),
    await ask({ url: '/api/stores/a/notes/%zz', headers: people.owner }),
  ];
  t.same(
    cases.map(({ status }) => status),
    [400, 413, 400, 415, 400, 400, 400, 422, 400, 400],
  );
  for (const { headers, body } of cases) {
    t.match(headers['content-type'], 'application/problem+json');
    t.match(body.detail, /\w+ \w+/);
  }
});

t.test('never repeats a text that came: it may be a password', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const { body } = await ask({ ...note, payload: { text: 'x', copies: 'hunter2' } });
  t.notMatch(JSON.stringify(body), /hunter2/);
});

t.test('refuses what no database keeps, wherever it stands', async (t) => {
  const anything = aPlugin('notes', [
    route({
      method: 'POST',
      path: '/things/:id',
      surface: 'platform',
      access: 'anyone',
      params: Type.Object({ id: Type.Integer() }),
      query: Type.Object({ text: Type.Optional(Type.String()) }),
      body: Type.Object({ data: Type.Unknown() }),
      handler: () => ({}),
    }),
  ]);
  const { ask } = await startHttp(t, { plugins: [anything] });
  const post = async (url: string, data: unknown = '') =>
    (await ask({ method: 'POST', url, payload: { data } })).status;
  t.same(
    [
      await post('/things/1?text=%F0%9F%8D%AF', ['honey 🍯', 2 ** 53 - 1, 0.5, { a: null }]),
      await post('/things/1?text=a%00b'),
      await post('/things/99999999999999999999'),
      await post('/things/1', 'a\0b'),
      await post('/things/1', [{ a: 'half \ud83c' }]),
      await post('/things/1', { 'a\0': 1 }),
      await post('/things/1', { a: [1e20] }),
    ],
    [200, 400, 400, 422, 422, 422, 422],
  );
});

t.test('closes objects that are put together, and leaves open what says so', async (t) => {
  const shapes = aPlugin('notes', [
    route({
      method: 'POST',
      path: '/both',
      surface: 'platform',
      access: 'anyone',
      body: Type.Intersect([Type.Object({ a: Type.Integer() }), Type.Object({ b: Type.Integer() })]),
      handler: ({ body }) => body,
    }),
    route({
      method: 'POST',
      path: '/open',
      surface: 'platform',
      access: 'anyone',
      body: Type.Object({ a: Type.Integer() }, { additionalProperties: true }),
      handler: ({ body }) => body,
    }),
    route({
      method: 'POST',
      path: '/named',
      surface: 'platform',
      access: 'anyone',
      body: Type.Object({ names: Type.Record(Type.String({ pattern: '^[a-z]{2}$' }), Type.Integer()) }),
      handler: ({ body }) => body,
    }),
  ]);
  const { ask } = await startHttp(t, { plugins: [shapes] });
  const post = async (url: string, payload: object) => (await ask({ method: 'POST', url, payload })).status;
  t.equal(await post('/both', { a: 1, b: 2 }), 200);
  t.equal(await post('/both', { a: 1, b: 2, c: 3 }), 422);
  t.equal(await post('/open', { a: 1, c: 3 }), 200);
  t.equal(await post('/named', { names: { fr: 1 } }), 200);
  t.equal(await post('/named', { names: { fr: 1, french: 2 } }), 422);
});

t.test('hands a file over as it comes, and stops it past the limit of its route', async (t) => {
  const file = aPlugin('notes', [
    route({
      method: 'POST',
      path: '/file',
      surface: 'platform',
      access: 'anyone',
      bodyStream: true,
      bodyLimit: 100_000,
      async handler({ stream, headers }) {
        let bytes = 0;
        for await (const chunk of stream as AsyncIterable<Buffer>) bytes += chunk.length;
        return { bytes, type: headers['content-type'] };
      },
    }),
  ]);
  const { ask } = await startHttp(t, { plugins: [file] });
  const send = (bytes: number, type: string) =>
    ask({ method: 'POST', url: '/file', payload: Buffer.alloc(bytes), headers: { 'content-type': type } });
  t.same((await send(100_000, 'image/png')).body, { bytes: 100_000, type: 'image/png' });
  t.same((await send(5, 'application/json')).body, { bytes: 5, type: 'application/json' });
  t.match(await send(100_001, 'text/csv'), { status: 413, body: { code: 'KERNEL_ERR_BODY_TOO_LARGE' } });
});

t.test('hands a provider route the very bytes that came', async (t) => {
  const { ask } = await startHttp(t, { plugins });
  const bytes = '{ "id":1,  "__proto__": {} } \n';
  const answer = await ask({
    method: 'POST',
    url: '/hooks/notes/events',
    headers: { 'content-type': 'application/json' },
    payload: bytes,
  });
  t.same(answer.body, { bytes, actor: 'anonymous' });
});
