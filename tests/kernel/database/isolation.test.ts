import t from 'tap';
import { createHmac } from 'node:crypto';
import { current, within, type StoreContext } from '../../../kernel/context.ts';
import { sqlState } from '../../../kernel/database/errors.ts';
import { startTestDatabase, testConfig } from '../../support/database.ts';
import { makeSampleSchema } from '../../support/sample.ts';

async function sample(t: Parameters<typeof startTestDatabase>[0], config = {}) {
  const started = await startTestDatabase(t, config);
  await makeSampleSchema(started);
  const notes = started.database.forPlugin('sample');
  const inStore = <Value>(store: StoreContext, work: () => Promise<Value>) => within({ store }, work);
  for (const store of [started.stores.a, started.stores.b]) {
    await inStore(store, () =>
      notes.query('insert into sample.notes (store_id, text) values ($1, $2)', [
        store.ref.id,
        `of ${store.ref.handle}`,
      ]),
    );
  }
  return { ...started, notes, inStore };
}

for (const statements of ['direct', 'pooled'] as const) {
  const config = (database: object) => ({ database: { ...database, statements } });

  t.test(`a store sees its own rows and no others (${statements})`, async (t) => {
    const { notes, inStore, stores } = await sample(t, config(testConfig().database));
    const all = () => notes.query('select text from sample.notes order by 1');
    t.same(await inStore(stores.a, all), [{ text: 'of a' }]);
    t.same(await inStore(stores.b, all), [{ text: 'of b' }]);
    t.same(await all(), [], 'and nobody sees anything without a store');
    const named = () =>
      notes.read('texts', 'select text from sample.notes where store_id = $1', [stores.a.ref.id]);
    t.same(await inStore(stores.a, named), [{ text: 'of a' }]);
    t.same(await inStore(stores.b, named), [], 'another store gets nothing by naming it');
  });

  t.test(`three hundred interleaved reads of two stores each get their own (${statements})`, async (t) => {
    const { notes, inStore, stores } = await sample(t, {
      database: { ...testConfig().database, statements, poolSize: 3 },
    });
    const wanted = Array.from({ length: 300 }, (_, turn) => (turn % 3 === 0 ? stores.b : stores.a));
    const got = await Promise.all(
      wanted.map((store) =>
        inStore(store, async () => {
          if (store === stores.b) {
            return notes.transaction(async () => (await notes.query('select text from sample.notes'))[0]);
          }
          return (await notes.query('select text from sample.notes'))[0];
        }),
      ),
    );
    t.same(
      got,
      wanted.map(({ ref }) => ({ text: `of ${ref.handle}` })),
    );
  });
}

t.test('a row cannot be written into another store', async (t) => {
  const { notes, inStore, stores } = await sample(t);
  const steal = () =>
    notes.query('insert into sample.notes (store_id, text) values ($1, $2)', [stores.b.ref.id, 'planted']);
  await t.rejects(inStore(stores.a, steal), { message: /row-level security/ });
  await t.rejects(steal(), { message: /row-level security/ }, 'nor without a store');
  const move = () => notes.query('update sample.notes set store_id = $1', [stores.b.ref.id]);
  await t.rejects(inStore(stores.a, move), { message: /row-level security/ });
  t.same(await inStore(stores.b, () => notes.query('select text from sample.notes')), [{ text: 'of b' }]);
});

t.test('an injected statement cannot become another store', async (t) => {
  const { notes, inStore, stores, signer } = await sample(t);
  const own = signer.sign(stores.a.ref.id);
  const forged = [
    `1.${stores.b.ref.id}.${own.split('.')[2]}`,
    `9.${stores.b.ref.id}.${own.split('.')[2]}`,
    `1.${stores.b.ref.id}.${createHmac('sha256', 'guess').update(`1.${stores.b.ref.id}`).digest('hex')}`,
    String(stores.b.ref.id),
    `1.${stores.b.ref.id}`,
    'abc',
    `1.${stores.b.ref.id}.zz`,
    `01.${stores.b.ref.id}.${'0'.repeat(64)}`,
    `${own}.more`,
  ];
  for (const token of forged) {
    const inOneStatement = () =>
      notes.query(
        `with x as materialized (select set_config('kontor.store', $1, true)) select text from x, sample.notes`,
        [token],
      );
    const seen = await inStore(stores.a, inOneStatement).catch(sqlState);
    t.notMatch(JSON.stringify(seen), /of b/, `token ${token.slice(0, 12)}`);
    const leftBehind = () => notes.query(`select set_config('kontor.store', $1, false)`, [token]);
    await inStore(stores.a, leftBehind);
    t.same(await inStore(stores.a, () => notes.query('select text from sample.notes')), [{ text: 'of a' }]);
    t.same(
      await notes.query('select text from sample.notes'),
      [],
      'what is left on the connection is not served',
    );
  }
});

t.test('what a plugin says to the nodes by itself ends none of them', async (t) => {
  const { changes, notes, inStore, stores } = await sample(t);
  const heard = new Promise((resolve) => changes.on('colour', resolve));

  for (const payload of ['no json', 'null', '7', '{}', '{"topic":"colour","key":{}}']) {
    await inStore(stores.a, () => notes.query("select pg_notify('kontor_changes', $1)", [payload]));
  }
  await changes.announce({ topic: 'shape', key: 'round' });
  await inStore(stores.a, () =>
    notes.query('select pg_notify($1, $2)', ['kontor_changes', '{"topic":"colour","key":"red"}']),
  );

  t.equal(await heard, 'red');
  t.ok(changes.isLive);
});

t.test('a plugin reaches no table but its own, whatever role it asks for', async (t) => {
  const started = await sample(t);
  const { notes, inStore, stores } = started;
  await makeSampleSchema(started, 'other-plugin');
  const attempts = [
    'select * from other_plugin.notes',
    'select * from kernel.store_key',
    'select * from kernel.platform_audit',
    'select * from kernel.migrations',
    'select * from kernel.domains',
    `select set_config('role', 'kontor_test_platform', true)`,
    `select set_config('role', 'kontor_test_owner', true)`,
    `with r as materialized (select set_config('role', 'none', true)) select * from r, other_plugin.notes`,
    `select set_config('role', 'none', true), query_to_xml('select * from kernel.stores', true, true, '')`,
    `select lo_from_bytea(0, 'x')`,
    `select pg_read_file('/etc/passwd')`,
    `insert into kernel.tiers (code, title, position) values ('free', 'Free', 9)`,
    'delete from kernel.stores',
  ];
  for (const attempt of attempts) {
    await t.rejects(
      inStore(stores.a, () => notes.query(attempt)),
      { code: '42501' },
      attempt,
    );
  }
  const kinds = [
    'begin',
    'set role none',
    'drop table sample.notes',
    'truncate sample.notes',
    'prepare x as select 1',
    'do $$ begin end $$',
    'copy sample.notes to stdout',
    'create temp table t (id int)',
    'explain select 1',
    'listen kontor_changes',
  ];
  for (const attempt of kinds) {
    await t.rejects(
      inStore(stores.a, () => notes.query(attempt)),
      { code: 'KERNEL_ERR_STATEMENT' },
      attempt,
    );
  }
  await t.rejects(
    inStore(stores.a, () => notes.query('select 1; select 2')),
    { message: /multiple commands/ },
  );
});

t.test('the role a plugin was given ends with its statement', async (t) => {
  const { database, notes, inStore, stores } = await sample(t);
  const who = () => notes.query<{ current_user: string }>('select current_user');
  const kernelWho = () => database.query<{ current_user: string }>('select current_user');
  await inStore(stores.a, () =>
    database.transaction(async () => {
      t.same(await who(), [{ current_user: 'kontor_test_run_sample' }]);
      t.same(await kernelWho(), [{ current_user: 'kontor_test_app' }]);
      t.same(
        await within({ plugin: 'sample' }, kernelWho),
        [{ current_user: 'kontor_test_app' }],
        'the kernel stays itself inside',
      );
      t.same(await who(), [{ current_user: 'kontor_test_run_sample' }]);
    }),
  );
});

t.test('a role or store set for the whole session does not outlive its statement', async (t) => {
  const { notes, inStore, stores, signer } = await sample(t, {
    database: { ...testConfig().database, poolSize: 1 },
  });
  await inStore(stores.b, () =>
    notes.query(`select set_config('kontor.store', $1, false)`, [signer.sign(stores.b.ref.id)]),
  );
  t.same(await inStore(stores.a, () => notes.query('select text from sample.notes')), [{ text: 'of a' }]);
  t.same(await notes.query('select text from sample.notes'), []);
  await inStore(stores.a, () =>
    notes.transaction(async () => {
      await notes.query(`select set_config('kontor.store', $1, true)`, [signer.sign(stores.b.ref.id)]);
      t.same(
        await notes.query('select text from sample.notes'),
        [{ text: 'of a' }],
        'nor inside a transaction',
      );
    }),
  );
});

t.test('a rollback leaves the next statement in its own store', async (t) => {
  const { notes, inStore, stores } = await sample(t, {
    database: { ...testConfig().database, poolSize: 1 },
  });
  await t.rejects(
    inStore(stores.a, () =>
      notes.transaction(async () => {
        await notes.query('insert into sample.notes (store_id, text) values ($1, $2)', [
          stores.a.ref.id,
          'lost',
        ]);
        throw new Error('changed my mind');
      }),
    ),
    { message: 'changed my mind' },
  );
  t.same(await inStore(stores.b, () => notes.query('select text from sample.notes')), [{ text: 'of b' }]);
  t.same(await inStore(stores.a, () => notes.query('select text from sample.notes')), [{ text: 'of a' }]);
});

t.test('the store cannot change inside a transaction', async (t) => {
  const { notes, inStore, stores } = await sample(t);
  await t.rejects(
    inStore(stores.a, () => notes.transaction(() => inStore(stores.b, () => notes.query('select 1')))),
    { code: 'KERNEL_ERR_STORE_CHANGED' },
  );
});

t.test('the platform sees every store, for a reason that is written down', async (t) => {
  const { database, stores } = await sample(t);
  const platform = database.platformFor('sample');
  const seen = await within({ store: stores.a, requestId: 'r-1' }, () =>
    platform.asPlatform('count all notes', ({ query }) => query('select text from sample.notes order by 1')),
  );
  t.same(seen, [{ text: 'of a' }, { text: 'of b' }]);
  const audit = await database.platform.query(
    'select reason, plugin, actor, store_id, request_id from kernel.platform_audit',
  );
  t.same(audit, [
    {
      reason: 'count all notes',
      plugin: 'sample',
      actor: { kind: 'anonymous' },
      store_id: stores.a.ref.id,
      request_id: 'r-1',
    },
  ]);
  const inB = await within({ store: stores.a }, () =>
    platform.inStore(stores.b.ref.id, async () => ({
      plugin: current().plugin,
      store: current().store?.ref.handle,
    })),
  );
  t.same(inB, { plugin: 'sample', store: 'b' });
  await t.rejects(
    platform.inStore(4711, async () => 1),
    { code: 'KERNEL_ERR_UNKNOWN_STORE' },
  );
});

t.test('a connection can be opened in the name of a plugin that has no role', async (t) => {
  const { database, stores } = await startTestDatabase(t);
  const asked = within({ store: stores.a, plugin: 'without-tables' }, () =>
    database.query('select 1 as one'),
  );
  t.same(await asked, [{ one: 1 }]);
});
