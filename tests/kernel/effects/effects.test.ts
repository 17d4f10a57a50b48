import t, { type Test } from 'tap';
import { enterAs, type StoreContext } from '../../../kernel/context.ts';
import { createEffects } from '../../../kernel/effects/index.ts';
import { silentLog, startTestDatabase } from '../../support/database.ts';

const mail = { kind: 'mail', key: 'order:12:confirmation' };

async function startEffects(t: Test) {
  const opened = await startTestDatabase(t);
  const time = { now: new Date('2026-11-22T09:00:00Z') };
  let made = 0;
  const part = createEffects({
    database: opened.database,
    clock: { now: () => time.now },
    random: { uuid: () => `key-${++made}`, token: () => 'token' },
    log: silentLog(),
  });
  const inStore = <Value>(store: StoreContext, work: () => Promise<Value>) =>
    enterAs({ actor: { kind: 'system', reason: 'test' }, store }, work);
  const move = (milliseconds: number) => {
    time.now = new Date(time.now.getTime() + milliseconds);
  };
  return {
    ...opened,
    ...opened.stores,
    effects: part.forPlugin('sample'),
    forPlugin: part.forPlugin,
    inStore,
    move,
  };
}

t.test('performs an effect once, and remembers its reference', async (t) => {
  const { a, b, effects, forPlugin, inStore } = await startEffects(t);
  let sent = 0;
  const perform = async () => `message-${++sent}`;

  const first = await inStore(a, () => effects.once(mail, { perform }));
  const second = await inStore(a, () => effects.once(mail, { perform }));

  t.match(first, { ok: true, value: { reference: 'message-1', fresh: true } });
  t.match(second, { ok: true, value: { reference: 'message-1', fresh: false } });
  await inStore(b, () => effects.once(mail, { perform }));
  await inStore(a, () => forPlugin('other').once(mail, { perform }));
  t.equal(sent, 3, 'the same key of another store or plugin is another effect');
});

t.test('twenty at once perform it once', async (t) => {
  const { a, effects, inStore } = await startEffects(t);
  let sent = 0;
  const all = Promise.withResolvers<void>();
  const perform = async () => {
    sent += 1;
    await all.promise;
    return 'message';
  };

  const answers = Array.from({ length: 20 }, () => inStore(a, () => effects.once(mail, { perform })));
  let refusals = 0;
  for (const answer of answers) {
    answer.then((result) => {
      if (!result.ok) refusals += 1;
      if (refusals === 19) all.resolve();
    });
  }
  const results = await Promise.all(answers);

  t.equal(sent, 1);
  t.equal(results.filter(({ ok }) => ok).length, 1);
  t.strictSame(
    new Set(results.map((result) => (result.ok ? 'done' : result.refusal))),
    new Set(['done', 'running']),
  );
});

t.test('is noted as started, for good, before it is performed', async (t) => {
  const { a, effects, inStore, database } = await startEffects(t);
  let noted: unknown;

  await inStore(a, () =>
    effects.once(mail, {
      perform: async (idempotencyKey) => {
        noted = await database.platform.query('select state, idempotency_key from kernel.effects');
        return idempotencyKey;
      },
    }),
  );

  t.strictSame(noted, [{ state: 'started', idempotency_key: 'key-1' }]);
});

t.test('after a failed call the provider is asked, with the same key', async (t) => {
  const { a, effects, inStore } = await startEffects(t);
  const calls: string[] = [];
  const perform = async (key: string) => {
    calls.push(`perform ${key}`);
    if (calls.length === 1) throw new Error('connection lost');
    return 'reference';
  };
  const find = async (key: string) => void calls.push(`find ${key}`) as undefined;

  await t.rejects(
    inStore(a, () => effects.once(mail, { perform, find })),
    { message: 'connection lost' },
  );
  const again = await inStore(a, () => effects.once(mail, { perform, find }));

  t.match(again, { ok: true, value: { reference: 'reference', fresh: true } });
  t.strictSame(calls, ['perform key-1', 'find key-1', 'perform key-1']);
});

t.test('what the provider has done already is taken over', async (t) => {
  const { a, effects, inStore } = await startEffects(t);
  const perform = () => Promise.reject(new Error('answer lost'));

  await t.rejects(inStore(a, () => effects.once(mail, { perform })));
  const again = await inStore(a, () => effects.once(mail, { perform, find: async () => 'theirs' }));

  t.match(again, { ok: true, value: { reference: 'theirs', fresh: false } });
});

t.test('after a crash it is running until the lease lapses, then asked for', async (t) => {
  const { a, effects, inStore, move } = await startEffects(t);
  const dead = new Promise<string>(() => undefined);
  const started = Promise.withResolvers<void>();
  void inStore(a, () =>
    effects.once(mail, {
      perform: () => {
        started.resolve();
        return dead;
      },
    }),
  );
  await started.promise;
  const how = { perform: async () => 'second', find: async () => 'first' };

  move(119_000);
  t.match(await inStore(a, () => effects.once(mail, how)), { ok: false, refusal: 'running' });
  move(2_000);
  t.match(await inStore(a, () => effects.once(mail, how)), { ok: true, value: { reference: 'first' } });
});

t.test('where nobody can be asked, a person decides', async (t) => {
  const { a, b, effects, inStore } = await startEffects(t);
  let sent = 0;
  const perform = async () => {
    sent += 1;
    if (sent === 1) throw new Error('the line went dead after DATA');
    return `message-${sent}`;
  };
  await t.rejects(inStore(a, () => effects.once(mail, { perform })));

  t.match(await inStore(a, () => effects.once(mail, { perform })), { ok: false, refusal: 'unknown' });
  t.match(await inStore(a, () => effects.once(mail, { perform })), { ok: false, refusal: 'unknown' });
  t.equal(sent, 1);
  t.match(await inStore(b, () => effects.settle(mail, 'again')), { ok: false, refusal: 'notFound' });
  t.match(await inStore(a, () => effects.settle(mail, 'again')), { ok: true });
  t.match(await inStore(a, () => effects.once(mail, { perform })), {
    value: { reference: 'message-2', fresh: true },
  });
  t.match(
    await inStore(a, () => effects.settle(mail, 'done')),
    { refusal: 'notFound' },
    'nothing to decide any more',
  );
});

t.test('a person may take it as done', async (t) => {
  const { a, effects, inStore } = await startEffects(t);
  const perform = () => Promise.reject(new Error('who knows'));
  await t.rejects(inStore(a, () => effects.once(mail, { perform })));
  await inStore(a, () => effects.once(mail, { perform }));

  await inStore(a, () => effects.settle(mail, 'done'));

  t.match(await inStore(a, () => effects.once(mail, { perform })), { ok: true, value: { fresh: false } });
});

t.test('is refused where it could be undone or belongs to nobody', async (t) => {
  const { a, effects, inStore, database } = await startEffects(t);
  const perform = async () => t.fail('it may not be performed') as never;

  await t.rejects(
    inStore(a, () => database.transaction(() => effects.once(mail, { perform }))),
    {
      code: 'KERNEL_ERR_EFFECT_IN_TRANSACTION',
      message: /'mail' of plugin 'sample'.*after the commit/,
    },
  );
  await t.rejects(effects.once(mail, { perform }), { code: 'KERNEL_ERR_EFFECT_NO_STORE' });
});
