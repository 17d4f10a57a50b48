import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { sqlState } from './errors.ts';

export type RoleWish = {
  name: string;
  login: boolean;
  attributes?: string;
  memberOf?: string;
  settings?: Readonly<Record<string, string>>;
};

/** The administrator's session: what it may do, and the making of roles. */
export type Admin = Awaited<ReturnType<typeof asAdmin>>;

export async function asAdmin(client: pg.Client) {
  type Row = { name: string; database: string; rolsuper: boolean; rolcreaterole: boolean };
  const { rows } = await client.query<Row>(
    'select rolname as name, current_database() as database, rolsuper, rolcreaterole from pg_roles where rolname = session_user',
  );
  const { name, database, rolsuper, rolcreaterole } = rows[0]!;
  const quoted = (text: string) => client.escapeIdentifier(text);

  function roleStatements(role: RoleWish, password: string): string[] {
    const role_ = quoted(role.name);
    const login = role.login ? `login password ${client.escapeLiteral(password)}` : 'nologin';
    return [
      `create role ${role_} ${login} ${role.attributes ?? ''}`.trim(),
      ...Object.entries(role.settings ?? {}).map(
        ([key, value]) => `alter role ${role_} set ${key} = '${value}'`,
      ),
      ...(role.memberOf ? [`grant ${quoted(role.memberOf)} to ${role_}`] : []),
    ];
  }

  /** Makes a role, or brings it to what is wished; does nothing when it is so already. */
  async function makeRole(role: RoleWish, password: string): Promise<void> {
    const statements = roleStatements(role, password);
    const mark = createHash('sha256').update(statements.join('\n')).digest('hex').slice(0, 16);
    if ((await markOf(role.name)) === mark) return;
    for (const statement of statements) {
      const known = (await markOf(role.name)) !== undefined;
      await shared(known ? statement.replace(/^create role/, 'alter role') : statement);
    }
    // Without this a login that is no superuser could not own or become the role it made.
    if (!rolsuper) await shared(`grant ${quoted(role.name)} to ${quoted(name)}`);
    await shared(`comment on role ${quoted(role.name)} is '${mark}'`);
  }

  /** undefined when there is no such role, '' when it was made by someone else. */
  async function markOf(role: string): Promise<string | undefined> {
    const found = await client.query<{ mark: string | null }>(
      `select shobj_description(oid, 'pg_authid') as mark from pg_roles where rolname = $1`,
      [role],
    );
    return found.rows[0] ? (found.rows[0].mark ?? '') : undefined;
  }

  /** Roles are shared by all databases of a server, so another installation may change the same row this moment. */
  async function shared(statement: string): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await client.query(statement);
        return;
      } catch (error) {
        const state = sqlState(error);
        if (state === '42710' || (state === '23505' && statement.startsWith('create role'))) {
          statement = statement.replace(/^create role/, 'alter role');
        } else if (!['XX000', '23505', '40P01'].includes(state ?? '') || attempt === 20) throw error;
        await pause(20 + Math.random() * 50);
      }
    }
  }

  return {
    name,
    database,
    isSuperuser: rolsuper,
    canCreateRoles: rolsuper || rolcreaterole,
    quoted,
    async missingRoles(names: readonly string[]): Promise<string[]> {
      const { rows: found } = await client.query<{ rolname: string }>(
        'select rolname from pg_roles where rolname = any($1)',
        [names],
      );
      return names.filter((wanted) => !found.some(({ rolname }) => rolname === wanted));
    },
    roleStatements,
    makeRole,
    shared,
  };
}
