import { createHash } from 'node:crypto';
import t, { type Test } from 'tap';
import { ok, refused, type Route, Type } from 'kontor/sdk';
import { startTestDatabase } from '../../support/database.ts';
import { aPlugin, people, startHttp } from './support.ts';

const MINUTE = 60_000;

/** A route that counts how often it did its work, in memory and in a table of the store. */
async function startNotes(t: Test) {
  const { database, stores } = await startTestDatabase(t);
  const gate = { plugins: new Set(['notes']), features: new Set<string>(), limits: new Map() };
  const counts = { done: 0 };
  const body = Type.Object({ text: Type.String() });
  const base = { method: 'POST', surface: 'shop', access: 'anyone', csrf: 'origin', body } as const;
  const held = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const routes: Route[] = [
    {
      ...base,
      path: '/notes',
      handler: (async ({ body, reply }) => {
        counts.done += 1;
        const { text } = body as { text: string };
        if (text === 'fail') throw new Error('no luck');
        if (text === 'refuse') return refused('taken', { by: 'another' });
        if (text === 'cookie') reply.cookie('session', 'secret');
        if (text === 'secret') reply.header('Cache-Control', 'no-store');
        if (text === 'large') return 'x'.repeat(70_000);
        reply.status(201).header('location', `/notes/${counts.done}`);
        return ok({ number: counts.done, text });
      }) satisfies Route['handler'],
    },
    {
      ...base,
      path: '/slow',
      transaction: true,
      handler: async () => {
        counts.done += 1;
        entered.resolve();
        const number = counts.done;
        if (number === 1) await held.promise;
        return { number };
      },
    },
    {
      ...base,
      path: '/together',
      transaction: true,
      handler: (async ({ body, store }) => {
        counts.done += 1;
        const { text } = body as { text: string };
        await database.query(
          `insert into kernel.idempotency (store_id, actor, route, key, claim, fingerprint, state, started_at)
           values ($1, 'work', 'work', $2, '', '', 'running', now())`,
          [store.id, `${text}-${counts.done}`],
        );
        if (text === 'refuse') return refused('taken');
        if (text === 'fail') throw new Error('no luck');
        return { number: counts.done };
      }) satisfies Route['handler'],
    },
    { ...base, surface: 'account', path: '/notes', handler: () => ({ number: ++counts.done }) },
  ];
  const started = await startHttp(t, {
    plugins: [aPlugin('notes', routes)],
    stores: [
      { ...stores.a, gate },
      { ...stores.b, gate },
    ],
    database,
  });
  const post = (key: string, text = 'hello', more: { path?: string; host?: string; headers?: object } = {}) =>
    started.ask({
      method: 'POST',
      url: `/api/shop${more.path ?? '/notes'}`,
      host: more.host ?? 'a.localhost',
      headers: { 'idempotency-key': key, ...more.headers },
      payload: { text },
    });
  /** Texts of the rows that the work left. */
  const rows = async () =>
    database.platform
      .query<{ key: string }>(`select key from kernel.idempotency where actor = 'work' order by key`)
      .then((found) => found.map(({ key }) => key));
  return { ...started, database, counts, post, rows, entered: entered.promise, release: held.resolve };
}

t.test('answers the same again for the same key and body, and works once', async (t) => {
  const { post, counts } = await startNotes(t);
  const first = await post('k1');
  const again = await post('k1');
  t.match(first, { status: 201, body: { number: 1, text: 'hello' }, headers: { location: '/notes/1' } });
  t.match(again, { status: 201, body: { number: 1, text: 'hello' }, headers: { location: '/notes/1' } });
  t.equal(again.headers['content-type'], first.headers['content-type']);
  t.same([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']], [undefined, 'true']);
  t.equal(counts.done, 1);
});

t.test('refuses another body under a used key, and a key that is none', async (t) => {
  const { post, counts } = await startNotes(t);
  await post('k1');
  t.match(await post('k1', 'other'), { status: 422, body: { code: 'KERNEL_ERR_IDEMPOTENCY_REUSED' } });
  t.equal((await post('two words')).status, 400);
  t.equal((await post('x'.repeat(201))).status, 400);
  t.equal(counts.done, 1);
});

t.test(
  'remembers a body, which may hold a password, by nothing that a list of passwords opens',
  async (t) => {
    const { post, database } = await startNotes(t);
    await post('k1', 'quiet harbour');
    await post('k2', 'quiet harbour');

    const rows = await database.platform.query<{ fingerprint: string }>(
      'select fingerprint from kernel.idempotency',
    );

    const guess = createHash('sha256')
      .update(JSON.stringify(['/api/shop/notes', { text: 'quiet harbour' }]))
      .digest('hex');
    t.equal(rows.length, 2);
    t.equal(rows[0]!.fingerprint, rows[1]!.fingerprint);
    t.not(rows[0]!.fingerprint, guess);
  },
);

t.test('says that a request still runs, and gives a crashed one free after two minutes', async (t) => {
  const { post, counts, clock, entered, release } = await startNotes(t);
  const running = post('k1', 'x', { path: '/slow' });
  await entered;
  t.match(await post('k1', 'x', { path: '/slow' }), { status: 409, headers: { 'retry-after': '1' } });
  clock.time = new Date(clock.time.getTime() + 2 * MINUTE + 1);
  t.match((await post('k1', 'x', { path: '/slow' })).body, { number: 2 });
  release();
  t.match(await running, { status: 503, body: { code: 'KERNEL_ERR_IDEMPOTENCY_LOST' } });
  t.equal(counts.done, 2);
});

t.test('works once when twenty come at the same time', async (t) => {
  const { post, counts } = await startNotes(t);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => post('k1', 'hello', { path: '/together' })),
  );
  t.equal(counts.done, 1);
  t.ok(answers.every(({ status }) => status === 200 || status === 409));
  t.ok(answers.some(({ status }) => status === 200));
});

t.test('keeps keys of stores, people and routes apart', async (t) => {
  const { post, counts, ask } = await startNotes(t);
  await post('k1');
  await post('k1', 'hello', { host: 'b.localhost' });
  await post('k1', 'hello', { headers: people.customer });
  await post('k1', 'hello', { headers: { cookie: 'cart=1' } });
  await post('k1', 'hello', { path: '/together' });
  t.equal(counts.done, 5);
  const account = { method: 'POST', url: '/api/account/notes', payload: { text: 'x' } } as const;
  const headers = { 'idempotency-key': 'k1' };
  t.match((await ask({ ...account, headers })).body, { number: 6 });
  t.match((await ask({ ...account, headers })).body, { number: 6 });
  t.match((await ask({ ...account, headers: { ...headers, ...people.owner } })).body, { number: 7 });
});

t.test('keeps refusals, and neither accidents nor large answers', async (t) => {
  const { post, counts } = await startNotes(t);
  const twice = async (text: string) => {
    counts.done = 0;
    const first = await post(text, text);
    const second = await post(text, text);
    return [first.status, second.status, counts.done, first.headers['idempotency-key-kept']];
  };
  t.same(await twice('refuse'), [422, 422, 1, undefined]);
  t.same(await twice('fail'), [500, 500, 2, undefined]);
  t.same(await twice('large'), [200, 200, 2, 'no']);
});

t.test('gives a cookie or a secret once, and says so to who asks again', async (t) => {
  const { post, counts, database } = await startNotes(t);

  for (const text of ['cookie', 'secret']) {
    counts.done = 0;
    t.match(await post(text, text), { status: 201, headers: { 'idempotency-key-kept': 'no' } });
    t.match(await post(text, text), {
      status: 409,
      body: { code: 'KERNEL_ERR_IDEMPOTENCY_GIVEN', detail: /given once and cannot be given again/ },
    });
    t.equal(counts.done, 1);
  }

  t.same(await database.platform.query('select key from kernel.idempotency where body is not null'), []);
});

t.test('does the work of a transaction with its record, or neither', async (t) => {
  const { ask, post, rows } = await startNotes(t);
  const together = (key: string | undefined, text: string) =>
    key === undefined
      ? ask({ method: 'POST', url: '/api/shop/together', host: 'a.localhost', payload: { text } })
      : post(key, text, { path: '/together' });
  t.equal((await together('k1', 'good')).status, 200);
  t.equal((await together('k1', 'good')).status, 200);
  t.equal((await together('k2', 'refuse')).status, 422);
  t.equal((await together('k2', 'refuse')).headers['idempotency-replayed'], 'true');
  t.equal((await together('k3', 'fail')).status, 500);
  t.equal((await together('k3', 'fail')).status, 500);
  t.equal((await together(undefined, 'plain')).status, 200);
  t.equal((await together(undefined, 'refuse')).status, 422);
  t.same(await rows(), ['good-1', 'plain-5']);
});

t.test('forgets a key after a day, and sweeps what is older', async (t) => {
  const { http, post, counts, clock } = await startNotes(t);
  await post('k1');
  await post('k2');
  clock.time = new Date(clock.time.getTime() + 24 * 60 * MINUTE + 1);
  t.match((await post('k1', 'other')).body, { number: 3 });
  t.equal(await http.tidy(), 1);
  t.equal(await http.tidy(), 0);
  await post('k1', 'other');
  t.equal(counts.done, 3);
});
