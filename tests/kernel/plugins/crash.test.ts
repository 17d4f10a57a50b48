import type pg from 'pg';
import t from 'tap';
import { defineMigration, tenantTable } from 'kontor/sdk';
import { withConnection } from '../../../kernel/database/index.ts';
import { withLock } from '../../../kernel/database/lock.ts';
import { startKernel } from '../../../kernel/kernel.ts';
import { dropSchema, prepareSchema } from '../../../kernel/migrations/schemas.ts';
import type { KernelDatabase } from '../../../kernel/parts.ts';
import { silentLog, startTestDatabase, testConfig } from '../../support/database.ts';
import { aManifest, openWorld, writePlugin } from './workshop.ts';

const MAKE = `import { defineMigration, tenantTable } from 'kontor/sdk';
  export default defineMigration({ up: [tenantTable('notes.notes', { columns: { text: 'text' } })], down: ['drop table notes.notes'] });`;
const steps = [
  {
    name: '0001-make-notes',
    migration: defineMigration({
      up: [tenantTable('notes.notes', { columns: { text: 'text' } })],
      down: ['drop table notes.notes'],
    }),
  },
];

t.test('a schema whose making was cut off is made by the next who wants it', async (t) => {
  const { target, roles, ground, migrator } = await startTestDatabase(t);
  await dyingAt(target, 'grant execute on function kernel.note_migration', (client) =>
    prepareSchema({ client, roles, hasPluginRoles: ground.hasPluginRoles, owner: 'notes' }),
  );

  await migrator.prepare('notes');
  t.same(await migrator.up('notes', steps), ['0001-make-notes']);
});

t.test('a schema whose removal was cut off is never taken for one that has its tables', async (t) => {
  const { target, roles, ground, migrator, database } = await startTestDatabase(t);
  await migrator.prepare('notes');
  await migrator.up('notes', steps);
  await dyingAt(target, 'drop owned', (client) =>
    dropSchema({ client, roles, hasPluginRoles: ground.hasPluginRoles, owner: 'notes' }),
  );

  await migrator.prepare('notes');
  await migrator.up('notes', steps);
  t.same(await database.platform.query(`select to_regclass('notes.notes')::text as made`), [
    { made: 'notes.notes' },
  ]);
});

t.test('a plugin that is enabled while it is being archived stays enabled, with all its rows', async (t) => {
  const world = await openWorld(t);
  writePlugin(world.extra, aManifest('notes'), 'export default {};', { 'migrations/0001-make.js': MAKE });
  const { host } = await world.node();
  await host.start();
  const set = async (action: 'enable' | 'disable') =>
    host.apply(await host.plan({ action, plugin: 'notes', scope: 'platform' }));
  await set('enable');
  await set('disable');

  await withConnection(world.target, async (client) => {
    await client.query('begin');
    await client.query('lock table notes.notes in access exclusive mode');
    const archiving = host.archive('notes');
    archiving.catch(() => undefined);
    // Once it waits for the rows, it has looked at the state.
    const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await client.query(waits)).rowCount === 0);
    await set('enable');
    await client.query('rollback');
    await t.rejects(archiving, { code: 'KERNEL_ERR_PLUGIN_STATE' });
  });

  t.match(await host.list(), [{ id: 'notes', state: 'enabled' }]);
  t.match(host.running, [{ manifest: { id: 'notes' } }]);
});

t.test('a node that could not follow a change follows it later', async (t) => {
  const world = await openWorld(t);
  writePlugin(world.bundled, aManifest('notes', { autoEnable: false }));
  let isAway = false;
  let missed = 0;
  const away = (real: KernelDatabase): KernelDatabase => ({
    ...real,
    platform: {
      ...real.platform,
      async query(sql, values) {
        if (!isAway) return real.platform.query(sql, values);
        missed += 1;
        throw new Error('the database is away');
      },
    },
  });
  const [here, there] = [await world.node(), await world.node({ retryAfter: 50, database: away })];
  await here.host.start();
  await there.host.start();

  const plan = await here.host.plan({ action: 'enable', plugin: 'notes', scope: 'platform' });
  isAway = true;
  await here.host.apply(plan);

  // These nodes share what they hear with, so each change is heard twice here: at once, and from the server.
  while (missed < 2) await new Promise((resolve) => setImmediate(resolve));
  t.same(there.host.running, []);
  isAway = false;
  while (there.host.running.length === 0) await new Promise((resolve) => setImmediate(resolve));
  t.match(there.host.running, [{ manifest: { id: 'notes' } }]);
});

t.test('a plugin whose rows are being put back cannot be enabled before they are all there', async (t) => {
  const world = await openWorld(t);
  writePlugin(world.extra, aManifest('notes'), 'export default {};', { 'migrations/0001-make.js': MAKE });
  const { host } = await world.node();
  await host.start();
  const plan = (action: 'enable' | 'disable') => host.plan({ action, plugin: 'notes', scope: 'platform' });
  await host.apply(await plan('enable'));
  await host.apply(await plan('disable'));
  const { file } = await host.archive('notes');
  await host.purge('notes');
  t.match(await host.list(), [{ state: 'installed' }]);

  await withConnection(world.target, async (client) => {
    let restoring: Promise<void> | undefined;
    // No migration begins while somebody else has the lock.
    await withLock(client, async () => {
      restoring = host.restore(file);
      const waits = `select from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`;
      while ((await client.query(waits)).rowCount === 0);
      t.match((await plan('enable')).problems, [/notes is archived; restore it first/]);
    });
    await restoring;
  });
  t.match(await host.list(), [{ state: 'disabled' }]);
});

t.test('a start that fails half way stops the plugins that it had started', async (t) => {
  const world = await openWorld(t);
  const life: string[] = [];
  Object.assign(globalThis, { life });
  const code = `export default { start: () => void globalThis.life.push('starts'), stop: () => void globalThis.life.push('stops') }`;
  writePlugin(world.bundled, aManifest('notes'), code);
  const start = () =>
    startKernel({
      config: { ...testConfig(), home: world.home },
      target: world.target,
      log: silentLog(),
      until: 'control',
      places: { bundled: world.bundled, modules: [] },
    });
  await (await start()).stop();
  t.same(life.splice(0), ['starts', 'stops']);

  // The row is read, and cannot be written when the plugin runs.
  await world.database.platform.query(`update kernel.plugins set version = '0.9.0'`);
  await withConnection(world.target, async (client) => {
    await client.query('begin');
    await client.query('lock table kernel.plugins in share mode');
    await t.rejects(start());
  });
  t.same(life, ['starts', 'stops']);
});

/** Runs work on a connection that breaks before the statement that begins like this. */
async function dyingAt(
  target: Parameters<typeof withConnection>[0],
  begin: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  await withConnection(target, async (client) => {
    const query = client.query.bind(client) as (...words: unknown[]) => unknown;
    client.query = ((...words: unknown[]) => {
      if (typeof words[0] === 'string' && words[0].startsWith(begin)) {
        client.query = query as never;
        return query('select pg_terminate_backend(pg_backend_pid())');
      }
      return query(...words);
    }) as never;
    await t.rejects(work(client));
  });
}
