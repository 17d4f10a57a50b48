import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Config, ConnectionTarget, KernelLog } from '../parts.ts';
import { checkSecret } from './check-secret.ts';
import { databaseErrors } from './errors.ts';
import { groundStatements } from './ground.ts';
import { withConnection } from './index.ts';
import { withLock } from './lock.ts';
import { asAdmin, type Admin } from './admin.ts';
import type { Roles } from './roles.ts';
import type { StoreSigner } from './token.ts';

const OLDEST = 150_000; // server_version_num of PostgreSQL 15

export type Ground = {
  /** False where the login may not create roles: plugins then share the application's role, and statements are checked. */
  readonly hasPluginRoles: boolean;
  /** What the server would not let us close, each a sentence for the log and `kontor doctor`. */
  readonly weaknesses: readonly string[];
};

/**
 * Makes what everything stands on: roles, the kernel's schema, the function that tells the store of a statement. Does
 * nothing when it is all there. Safe to run from many nodes at once.
 *
 * @throws KERNEL_ERR_DATABASE_VERSION, KERNEL_ERR_DATABASE_ROLES (with the SQL for an administrator)
 */
export async function bootstrap(input: {
  config: Config;
  log: KernelLog;
  roles: Roles;
  signer: StoreSigner;
  target: ConnectionTarget;
}): Promise<Ground> {
  const { config, roles, signer } = input;
  return withConnection(input.target, (client) =>
    withLock(client, async () => {
      await checkVersion(client);
      const admin = await asAdmin(client);
      const site = { client, admin, config, roles, signer };
      await checkSecret(site);
      await makeRoles(site);
      const weaknesses = admin.isSuperuser
        ? await closeDoors(client, roles)
        : ['The database login is no superuser: DO blocks and XML functions stay open'];
      if (!admin.canCreateRoles) {
        weaknesses.push('The database login may not create roles: plugins share the role of the application');
      }
      await makeGround(site);
      for (const weakness of weaknesses)
        input.log.warn({ weakness }, 'the database is less closed than it could be');
      return { hasPluginRoles: admin.canCreateRoles, weaknesses };
    }),
  );
}

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version: string; number: number }>(
    `select current_setting('server_version') as server_version, current_setting('server_version_num')::int as number`,
  );
  if (rows[0]!.number < OLDEST) throw new databaseErrors.KERNEL_ERR_DATABASE_VERSION(rows[0]!.server_version);
}

type Site = { client: pg.Client; admin: Admin; config: Config; roles: Roles; signer: StoreSigner };

async function makeRoles({ admin, config, roles }: Site): Promise<void> {
  const limits = {
    statement_timeout: `${config.database.statementTimeout}ms`,
    lock_timeout: `${config.database.lockTimeout}ms`,
    idle_in_transaction_session_timeout: '60s',
  };
  const wanted = [
    { name: roles.owner, login: false },
    { name: roles.tenant, login: false },
    // No inherited rights: what the application may do in a plugin's tables, it may only do as that plugin.
    { name: roles.app, login: true, attributes: 'noinherit', memberOf: roles.tenant, settings: limits },
    { name: roles.platform, login: true, settings: limits },
    { name: roles.jobs, login: true },
  ];
  const missing = await admin.missingRoles(wanted.map(({ name }) => name));
  if (missing.length > 0 && !admin.canCreateRoles) {
    const statements = wanted.flatMap((role) => admin.roleStatements(role, roles.password(role.name)));
    const become = `grant ${roles.owner}, ${roles.jobs} to ${admin.quoted(admin.name)}`;
    const sql = `${[...statements, become].join(';\n')};`;
    throw new databaseErrors.KERNEL_ERR_DATABASE_ROLES(admin.name, missing.join(', '), sql);
  }
  if (!admin.canCreateRoles) return;
  for (const role of wanted) await admin.makeRole(role, roles.password(role.name));
}

/** What only a superuser can close: code in DO blocks, SQL built at run time, large objects (which know no store). */
async function closeDoors(client: pg.Client, roles: Roles): Promise<string[]> {
  const { rows } = await client.query<{ signature: string }>(`
    select p.oid::regprocedure::text as signature from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'pg_catalog' and has_function_privilege('public', p.oid, 'execute')
      and (p.proname ~ '^(query|table|schema|database|cursor)_to_xml' or p.proname ~ '^lo_(from_bytea|create|creat|put|open)$')`);
  for (const { signature } of rows) await client.query(`revoke execute on function ${signature} from public`);
  await client.query('revoke usage on language plpgsql from public');
  // The kernel's own functions and those of pg-boss are made by these two.
  await client.query(`grant usage on language plpgsql to ${roles.owner}, ${roles.jobs}`);
  const left = await client.query(`select 1 where has_language_privilege('public', 'plpgsql', 'usage')`);
  return left.rows.length > 0 ? ['DO blocks could not be closed'] : [];
}

async function makeGround({ client, admin, roles, signer }: Site): Promise<void> {
  const database = admin.quoted(admin.database);
  const statements = groundStatements(roles, database);
  const mark = createHash('sha256').update(statements.join('\n')).digest('hex').slice(0, 16);
  const { rows } = await client.query<{ mark: string | null }>(
    `select obj_description(to_regnamespace('kernel'), 'pg_namespace') as mark`,
  );
  if (rows[0]?.mark !== mark) {
    await client.query('begin');
    for (const statement of statements) await client.query(statement);
    await client.query(`comment on schema kernel is '${mark}'`);
    await client.query('reset role');
    await client.query('commit');
  }
  // The database's own rights are not copied with a template, so they are looked after each time.
  const open = await client.query(
    `select 1 where has_database_privilege('public', current_database(), 'temp')`,
  );
  if (open.rows.length > 0) await client.query(`revoke temp, create on database ${database} from public`);
  await client.query(`set role ${admin.quoted(roles.owner)}`);
  for (const { kid, ipad, opad } of signer.keys) {
    await client.query(
      `insert into kernel.store_key (kid, ipad, opad) values ($1, $2, $3)
       on conflict (kid) do nothing`,
      [kid, ipad, opad],
    );
  }
  // A secret that was taken out of the configuration signs for no store any more.
  await client.query('delete from kernel.store_key where kid < $1', [
    Math.min(...signer.keys.map(({ kid }) => kid)),
  ]);
  await client.query('reset role');
}
