import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import t from 'tap';
import { schemaOf } from '../../kernel/database/roles.ts';
import { brokenRules } from '../../kernel/migrations/catalogue.ts';
import { loadMigrations } from '../../kernel/migrations/load.ts';
import { startTestDatabase } from '../support/database.ts';

const PLUGINS = fileURLToPath(new URL('../../plugins', import.meta.url));

t.test('after all migrations every table, policy, key and name keeps the rules', async (t) => {
  const { migrator, target } = await startTestDatabase(t);
  const client = new pg.Client(target as pg.ClientConfig);
  await client.connect();
  t.teardown(() => client.end());

  t.same(await brokenRules(client, 'kernel'), [], 'kernel');
  for (const plugin of await readdir(PLUGINS)) {
    const migrations = await loadMigrations(join(PLUGINS, plugin, 'migrations'));
    if (migrations.length === 0) continue;
    await migrator.prepare(plugin);
    await migrator.up(plugin, migrations);
    t.same(await brokenRules(client, schemaOf(plugin)), [], plugin);
    await migrator.down(plugin, migrations);
    const left = await client.query(
      `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1`,
      [schemaOf(plugin)],
    );
    t.same(left.rows, [], `${plugin} takes back all it made`);
  }
});

t.test(
  'the kernel owns its tables by a role that nobody signs in as, and the application owns nothing',
  async (t) => {
    const { target, roles } = await startTestDatabase(t);
    const client = new pg.Client(target as pg.ClientConfig);
    await client.connect();
    t.teardown(() => client.end());
    const owners = await client.query(
      `select distinct tableowner from pg_tables where schemaname = 'kernel'
     union select distinct pg_get_userbyid(proowner) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'kernel'`,
    );
    t.same(owners.rows, [{ tableowner: roles.owner }]);
    const logins = await client.query(
      `select rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = any($1) order by 1`,
      [[roles.app, roles.platform, roles.owner]],
    );
    const harmless = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false };
    t.same(logins.rows, [
      { rolname: roles.app, rolcanlogin: true, ...harmless },
      { rolname: roles.owner, rolcanlogin: false, ...harmless },
      { rolname: roles.platform, rolcanlogin: true, ...harmless },
    ]);
    const owned = await client.query(
      `select count(*)::int as count from pg_shdepend where deptype = 'o' and refobjid in (select oid from pg_roles where rolname = any($1))`,
      [[roles.app, roles.platform]],
    );
    t.same(owned.rows, [{ count: 0 }]);
  },
);
