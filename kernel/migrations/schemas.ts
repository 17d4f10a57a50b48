import type pg from 'pg';
import { asAdmin } from '../database/admin.ts';
import { schemaOf, type Roles } from '../database/roles.ts';

type Place = { client: pg.Client; roles: Roles; hasPluginRoles: boolean; owner: string };

/**
 * Makes the schema of a plugin, the login that owns it and the role its statements run as, if they are not there. The
 * schema comes with all its rights or not at all: whoever finds it takes it for ready.
 */
export async function prepareSchema({ client, roles, hasPluginRoles, owner }: Place): Promise<void> {
  const schema = client.escapeIdentifier(schemaOf(owner));
  const { rows } = await client.query('select 1 where to_regnamespace($1) is not null', [schemaOf(owner)]);
  if (rows.length > 0) return;
  if (!hasPluginRoles) {
    return atOnce(client, [
      `create schema ${schema} authorization ${roles.owner}`,
      `grant usage on schema ${schema} to ${roles.app}, ${roles.platform}`,
    ]);
  }
  const login = roles.plugin(owner);
  const runner = roles.run(owner);
  const admin = await asAdmin(client);
  await admin.makeRole({ name: login, login: true }, roles.password(login));
  await admin.makeRole({ name: runner, login: false, memberOf: roles.tenant }, '');
  // Memberships are shared by all databases of a server; granting again would meet another installation's grant.
  const member = await client.query(`select 1 where pg_has_role($1, $2, 'member')`, [roles.app, runner]);
  await atOnce(client, [
    ...(member.rows.length > 0 ? [] : [`grant ${runner} to ${roles.app}`]),
    `grant connect on database ${admin.quoted(admin.database)} to ${login}`,
    `create schema ${schema} authorization ${login}`,
    `grant usage on schema ${schema} to ${runner}, ${roles.platform}`,
    `set role ${roles.owner}`,
    `grant usage on schema kernel to ${login}`,
    `grant references on kernel.stores to ${login}`,
    `grant execute on function kernel.note_migration(text, text, boolean, boolean) to ${login}`,
    'reset role',
  ]);
}

/** Drops what `prepareSchema` made, with everything in it, and the record of the steps that were taken there. */
export async function dropSchema({ client, roles, hasPluginRoles, owner }: Place): Promise<void> {
  await atOnce(client, [
    `drop schema if exists ${client.escapeIdentifier(schemaOf(owner))} cascade`,
    `set role ${roles.owner}`,
    `delete from kernel.migrations where owner = ${client.escapeLiteral(owner)}`,
    'reset role',
  ]);
  if (!hasPluginRoles) return;
  const { shared } = await asAdmin(client);
  for (const role of [roles.plugin(owner), roles.run(owner)]) {
    const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (rows.length === 0) continue;
    await shared(`drop owned by ${role}`);
    // Other databases of the server may still use the role; then it stays, with nothing in this one.
    await client.query(`drop role ${role}`).catch(() => undefined);
  }
}

/** All or nothing; a connection that breaks on the way takes everything back. */
async function atOnce(client: pg.Client, statements: readonly string[]): Promise<void> {
  for (const statement of ['begin', ...statements, 'commit']) await client.query(statement);
}
