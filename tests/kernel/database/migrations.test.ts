import t from 'tap';
import { defineMigration, localTable, referenceTable, tenantTable } from 'kontor/sdk';
import { within } from '../../../kernel/context.ts';
import { createMigrator } from '../../../kernel/migrations/index.ts';
import { heavyStatements, foreignNames } from '../../../kernel/migrations/statements.ts';
import { silentLog, startTestDatabase } from '../../support/database.ts';
import { makeSampleSchema } from '../../support/sample.ts';

const step = (
  name: string,
  up: Parameters<typeof defineMigration>[0]['up'],
  down: string[] = ['select 1'],
) => ({
  name,
  migration: defineMigration({ up, down }),
});

t.test('a plugin cannot change what is not its own, and nothing of the step stays', async (t) => {
  const started = await startTestDatabase(t);
  await makeSampleSchema(started, 'victim');
  const { migrator, database } = started;
  await migrator.prepare('guest');
  const attempts = [
    'drop table victim.notes',
    'alter table kernel.stores add column x text',
    'create table kernel.mine (id int)',
    'create policy open on victim.notes using (true)',
    'grant select on guest.pets to public',
    'set role kontor_test_owner',
    'create schema extra',
    'commit',
    'drop table guest.pets; commit; select 1',
    'create index peek on victim.notes (text)',
    `create or replace function kernel.current_store() returns bigint language sql as 'select 1'`,
  ];
  for (const [index, attempt] of attempts.entries()) {
    const steps = [
      step(`000${index}-try`, [tenantTable('guest.pets', { columns: { name: 'text' } }), attempt]),
    ];
    await t.rejects(migrator.up('guest', steps), { code: 'KERNEL_ERR_MIGRATION_FOREIGN' }, attempt);
  }
  t.same(await migrator.applied('guest'), []);
  t.same(await database.platform.query(`select to_regclass('guest.pets') as left`), [{ left: null }]);
});

t.test('the database itself refuses what the check of statements would not see', async (t) => {
  const started = await startTestDatabase(t);
  await makeSampleSchema(started, 'victim');
  const { migrator } = started;
  await migrator.prepare('guest');
  const hidden = [
    `drop table "victim"."notes"`,
    `select set_config('role', 'kontor_test_owner', true)`,
    `select query_to_xml('drop table victim.notes', true, true, '')`,
    `do $$ begin execute 'drop table victim' || '.notes'; end $$`,
    `create temp table t (id int)`,
    `create extension pgcrypto`,
    `reset session authorization; drop table victim.notes`,
  ];
  for (const [index, attempt] of hidden.entries()) {
    await t.rejects(
      migrator.up('guest', [step(`000${index}-try`, [attempt])]),
      { code: /^KERNEL_ERR_MIGRATION/ },
      attempt,
    );
  }
  t.same(await started.database.platform.query('select count(*) from victim.notes'), [{ count: 0 }]);
});

t.test('a table that breaks a rule is taken back, and the rule is named', async (t) => {
  const { migrator } = await startTestDatabase(t);
  await migrator.prepare('rules');
  const good = tenantTable('rules.pets', { columns: { name: 'text', owner_id: 'bigint' } });
  const broken: [string, readonly (string | typeof good)[], RegExp][] = [
    ['by hand', ['create table rules.loose (id bigint primary key)'], /made by hand; use tenantTable/],
    [
      'no row level security',
      [good, 'alter table rules.pets no force row level security'],
      /enabled and forced/,
    ],
    ['unique without store', [good, 'create unique index pets_name on rules.pets (name)'], /stranger/],
    ['index without store', [good, 'create index pets_name on rules.pets (name)'], /store_id must lead/],
    [
      'time without zone',
      [tenantTable('rules.pets', { columns: { born: 'timestamp' } })],
      /must be timestamptz/,
    ],
    ['a view', [good, 'create view rules.all_pets as select * from rules.pets'], /shows its owner/],
    [
      'a materialised view',
      [good, 'create materialized view rules.all_pets as select * from rules.pets'],
      /every store/,
    ],
    ['digits in a name', [good, 'create index pets_name_12 on rules.pets (store_id, name)'], /shard/],
    [
      'foreign key without store',
      [
        good,
        localTable('rules.kinds', { columns: { id: 'bigint' }, key: ['id'] }),
        good.length
          ? 'alter table rules.pets add constraint pets_kind foreign key (id) references rules.pets (id)'
          : '',
      ],
      /there is no unique constraint|store_id must lead both/,
    ],
    ['money', [tenantTable('rules.pets', { columns: { price: 'money' } })], /minor units/],
  ];
  for (const [index, [what, up, sentence]] of broken.entries()) {
    const error = await migrator
      .up('rules', [step(`00${10 + index}-try`, up)])
      .catch((caught: Error) => caught);
    t.match((error as Error).message, sentence, what);
    t.same(await migrator.applied('rules'), []);
  }
});

t.test('steps are taken once, in order, from many nodes at once, and can be taken back', async (t) => {
  const started = await startTestDatabase(t);
  const { migrator, database, config, roles } = started;
  const second = createMigrator({ config, database, log: silentLog(), roles, hasPluginRoles: true });
  const steps = [
    step(
      '0001-make',
      [tenantTable('many.pets', { columns: { name: 'text not null' } })],
      ['drop table many.pets'],
    ),
    step(
      '0002-kinds',
      [referenceTable('many.kinds', { columns: { code: 'text' }, key: ['code'] })],
      ['drop table many.kinds'],
    ),
  ];
  await migrator.prepare('many');
  const taken = await Promise.all([migrator.up('many', steps), second.up('many', steps)]);
  t.same(taken.flat().sort(), ['0001-make', '0002-kinds']);
  t.same(await migrator.up('many', steps), []);
  t.same(await migrator.plan('many', steps), []);
  t.same(await migrator.down('many', steps, '0002-kinds'), ['0002-kinds']);
  t.same(await migrator.applied('many'), ['0001-make']);
  t.same(await migrator.up('many', steps), ['0002-kinds']);
  await t.rejects(migrator.up('many', steps.slice(0, 1)), { code: 'KERNEL_ERR_MIGRATION_ORDER' });
});

t.test('a failed step leaves the version before it, and says what happened', async (t) => {
  const { migrator } = await startTestDatabase(t);
  await migrator.prepare('half');
  const make = step(
    '0001-make',
    [tenantTable('half.pets', { columns: { name: 'text' } })],
    ['drop table half.pets'],
  );
  const bad = step('0002-bad', [
    'alter table half.pets add column age integer',
    'alter table half.pets add column age integer',
  ]);
  await t.rejects(migrator.up('half', [make, bad]), {
    code: 'KERNEL_ERR_MIGRATION',
    message:
      /0002-bad of half .* alter table half.pets add column age integer\. Reason: column "age" .* already exists/,
  });
  t.same(await migrator.applied('half'), ['0001-make']);
});

t.test('a backfill sees the rows of every store, and goes on where it stopped', async (t) => {
  const started = await startTestDatabase(t);
  const { migrator, database, stores } = started;
  const { migration: make } = await makeSampleSchema(started);
  for (const store of [stores.a, stores.b]) {
    await within({ store }, () =>
      database
        .forPlugin('sample')
        .query(
          `insert into sample.notes (store_id, text) select $1, 'n' || n from generate_series(1, 5) n returning id`,
          [store.ref.id],
        ),
    );
  }
  let failOnce = true;
  const fill = defineMigration({
    up: ['alter table sample.notes add column length integer'],
    down: ['alter table sample.notes drop column length'],
    async backfill(query) {
      const { rowCount } = await query(
        `update sample.notes set length = length(text) where (store_id, id) in (select store_id, id from sample.notes where length is null limit 4)`,
      );
      if (failOnce) {
        failOnce = false;
        throw new Error('the cable was pulled');
      }
      return rowCount;
    },
  });
  const steps = [
    { name: '0001-make-notes', migration: make },
    { name: '0002-length', migration: fill },
  ];
  await t.rejects(migrator.up('sample', steps), { code: 'KERNEL_ERR_BACKFILL', message: /cable/ });
  await migrator.up('sample', steps);
  t.same(await database.platform.query('select count(*) from sample.notes where length = 2'), [
    { count: 10 },
  ]);
});

t.test('purging a plugin leaves no schema, no role and no record', async (t) => {
  const started = await startTestDatabase(t);
  await makeSampleSchema(started, 'short-lived');
  await started.migrator.purge('short-lived');
  t.same(
    await started.database.platform.query(
      `select (select count(*) from pg_namespace where nspname = 'short_lived') as schemas,
         (select count(*) from pg_roles where rolname in ('kontor_test_plugin_short_lived', 'kontor_test_run_short_lived')) as roles,
         (select count(*) from kernel.migrations where owner = 'short-lived') as records`,
    ),
    [{ schemas: 0, roles: 0, records: 0 }],
  );
});

t.test('a plan names the statements that lock a table with rows', (t) => {
  t.same(heavyStatements(['create table a.b (id bigint)', 'create index b_x on a.b (x)']), []);
  t.match(heavyStatements(['create index b_x on a.b (x)']), [/blocks writes/]);
  t.match(heavyStatements(['alter table a.b alter column x type bigint']), [/rewrites/]);
  t.match(heavyStatements(['alter table a.b add constraint b_x check (x > 0)']), [/NOT VALID/]);
  t.same(
    heavyStatements([
      'alter table a.b add constraint b_x check (x > 0) not valid',
      'alter table a.b add column y text',
    ]),
    [],
  );
  t.same(foreignNames(`insert into a.b (t) values ('kernel.x c.d') -- e.f`, 'a'), []);
  t.same(foreignNames('select * from "B".c', 'a'), ['b.c']);
  t.end();
});
