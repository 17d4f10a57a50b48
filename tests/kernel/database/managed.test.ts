import { fileURLToPath } from 'node:url';
import pg from 'pg';
import t, { type Test } from 'tap';
import { within } from '../../../kernel/context.ts';
import type { ConnectionTarget } from '../../../kernel/parts.ts';
import { loadMigrations } from '../../../kernel/migrations/load.ts';
import { openDatabase } from '../../../sdk/testing/database.ts';
import { testServer } from '../../../sdk/testing/server.ts';
import { testConfig } from '../../support/database.ts';
import { makeSampleSchema } from '../../support/sample.ts';

/* Databases as providers give them: the login is no superuser, and may or may not create roles. */

const KERNEL = fileURLToPath(new URL('../../../migrations', import.meta.url));

async function asSuperuser(
  work: (client: pg.Client) => Promise<unknown>,
  database = 'postgres',
): Promise<void> {
  const client = new pg.Client({ ...(await testServer()), database } as pg.ClientConfig);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** A database of its own with a login that owns it, and everything of both gone at the end. */
async function providedDatabase(
  t: { teardown(work: () => Promise<void>): void },
  name: string,
  attributes: string,
) {
  const remove = () =>
    asSuperuser(async (client) => {
      await client.query(`drop database if exists ${name} with (force)`);
      const { rows } = await client.query(
        `select rolname from pg_roles where rolname ~ '^${name}(_|$)' order by 1 desc`,
      );
      for (const { rolname } of rows) await client.query(`drop owned by ${rolname} cascade`);
      for (const { rolname } of rows) await client.query(`drop role if exists ${rolname}`);
    });
  await remove();
  t.teardown(remove);
  await asSuperuser(async (client) => {
    await client.query(`create role ${name} login password 'secret' ${attributes}`);
    await client.query(`create database ${name} owner ${name} template template0 encoding 'UTF8'`);
  });
  const target: ConnectionTarget = {
    ...(await testServer()),
    user: name,
    password: 'secret',
    database: name,
  };
  const config = testConfig({ database: { ...testConfig().database, rolePrefix: `${name}_k` } });
  return { target, config };
}

t.test('a process with another secret is refused before it locks the others out', async (t) => {
  const { target, config } = await providedDatabase(t, 'kontor_secret', 'createrole');
  const [first] = config.secrets;
  const other = { id: 1, key: Buffer.alloc(32, 7) };
  const open = async (...secrets: (typeof first)[]) => {
    const opened = await openDatabase({
      config: { ...config, secrets: secrets.flatMap((one) => one ?? []) },
      target,
      storeById: () => undefined,
    });
    return opened.close();
  };
  const code = 'KERNEL_ERR_DATABASE_SECRET';
  await open(first);

  await t.rejects(open(other), { code, message: /not the one numbered 1 .* comes as 2:NEW in front/ });
  await open({ ...other, id: 2 }, first);
  await t.rejects(open(first), { code, message: /numbered 1, and this database is at 2.* comes as 3:NEW/ });
  await open({ ...other, id: 2 });
  await asSuperuser(async (client) => {
    const { rows } = await client.query('select kid from kernel.store_key');
    t.same(rows, [{ kid: 2 }], 'what the secret taken out had signed is worth nothing');
  }, target.database);
  await open({ ...other, id: 3 });
});

async function useIt(t: Test, opened: Awaited<ReturnType<typeof openDatabase>>): Promise<void> {
  const { migrator, database, signer } = opened;
  await migrator.up('kernel', await loadMigrations(KERNEL));
  await database.platform.query(
    `insert into kernel.tiers (code, title, position) values ('basic', 'Basic', 1)`,
  );
  await database.platform.query(`insert into kernel.merchants (name, tier) values ('A merchant', 'basic')`);
  for (const handle of ['a', 'b']) {
    await database.platform.query(
      'insert into kernel.stores (merchant_id, handle, name) values (1, $1, $1)',
      [handle],
    );
  }
  await makeSampleSchema(opened as never);
  const notes = database.forPlugin('sample');
  for (const id of [1, 2]) {
    const store = { ref: { id }, token: signer.sign(id) } as never;
    await within({ store }, () =>
      notes.query('insert into sample.notes (store_id, text) values ($1, $2)', [id, `of ${id}`]),
    );
    t.same(await within({ store }, () => notes.query('select text from sample.notes')), [
      { text: `of ${id}` },
    ]);
  }
  t.same(await notes.query('select text from sample.notes'), []);
  const foreign = { name: '0001-steal', migration: { up: ['drop table sample.notes'], down: ['select 1'] } };
  await migrator.prepare('guest');
  await t.rejects(migrator.up('guest', [foreign]), { code: 'KERNEL_ERR_MIGRATION_FOREIGN' });
}

t.test('a login that may create roles, but is no superuser, gets every wall it can make', async (t) => {
  const { target, config } = await providedDatabase(t, 'provided_maker', 'createrole');
  const opened = await openDatabase({ config, target, storeById: () => undefined });
  try {
    t.match(opened.ground, { hasPluginRoles: true, weaknesses: [/no superuser/] });
    await useIt(t, opened);
    const who = await within({ plugin: 'sample' }, () =>
      opened.database.forPlugin('sample').query('select current_user'),
    );
    t.same(who, [{ current_user: 'provided_maker_k_run_sample' }]);
  } finally {
    await opened.close();
  }
});

t.test('a login that may not create roles is told what to ask for, and works with it', async (t) => {
  const { target, config } = await providedDatabase(t, 'provided_plain', 'nocreaterole');
  const refused = await openDatabase({ config, target, storeById: () => undefined }).catch(
    (error: Error) => error,
  );
  t.match(refused, {
    code: 'KERNEL_ERR_DATABASE_ROLES',
    message: /create role "?provided_plain_k_app"? login password/,
  });
  const sql = (refused as Error).message.split('\n').slice(1).join('\n');
  await asSuperuser((client) => client.query(sql), 'provided_plain');

  const opened = await openDatabase({ config, target, storeById: () => undefined });
  try {
    t.match(opened.ground, { hasPluginRoles: false, weaknesses: [/no superuser/, /plugins share/] });
    await useIt(t, opened);
    const who = await within({ plugin: 'sample' }, () =>
      opened.database.forPlugin('sample').query('select current_user'),
    );
    t.same(who, [{ current_user: 'provided_plain_k_app' }]);
  } finally {
    await opened.close();
  }
});
