import type pg from 'pg';
import { asAdmin } from '../database/admin.ts';
import { connect } from '../database/index.ts';
import { withLock } from '../database/lock.ts';
import { schemaOf, type Roles } from '../database/roles.ts';
import type { Config, KernelDatabase, KernelLog, Migrator, NamedMigration } from '../parts.ts';
import { brokenRules } from './catalogue.ts';
import { migrationErrors } from './errors.ts';
import { foreignNames, heavyStatements, statementsOf } from './statements.ts';

const KERNEL = 'kernel';

/** Migrations of the kernel and of plugins: one lock, each step in its own transaction, recorded with it. */
export function createMigrator(input: {
  config: Config;
  database: KernelDatabase;
  log: KernelLog;
  roles: Roles;
  hasPluginRoles: boolean;
}): Migrator {
  const { config, database, log, roles, hasPluginRoles } = input;

  async function applied(owner: string): Promise<{ name: string; is_backfilled: boolean }[]> {
    return database.platform.query(
      'select name, is_backfilled from kernel.migrations where owner = $1 order by name',
      [owner],
    );
  }

  async function pending(owner: string, migrations: readonly NamedMigration[]): Promise<NamedMigration[]> {
    const done = await applied(owner);
    const gone = done.find(({ name }) => !migrations.some((known) => known.name === name));
    if (gone) throw new migrationErrors.KERNEL_ERR_MIGRATION_ORDER(owner, done.at(-1)!.name, gone.name);
    return migrations.filter(({ name }) => !done.some((step) => step.name === name && step.is_backfilled));
  }

  /** Runs work on the connection that owns the schema: the plugin's own login, the kernel's owner otherwise. */
  async function asOwner<Value>(owner: string, work: (client: pg.Client) => Promise<Value>): Promise<Value> {
    const own = owner !== KERNEL && hasPluginRoles;
    const role = roles.plugin(owner);
    const target = database.target('admin');
    const client = await connect(own ? { ...target, user: role, password: roles.password(role) } : target);
    try {
      if (!own) await client.query(`set role ${client.escapeIdentifier(roles.owner)}`);
      await client.query(`set lock_timeout = '${config.database.lockTimeout}ms'`);
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** Asked over the pool, without the lock: a start with thirty plugins asks thirty times, and mostly hears yes. */
  async function hasSchema(owner: string): Promise<boolean> {
    const sql = 'select 1 where to_regnamespace($1) is not null';
    return (await database.platform.query(sql, [schemaOf(owner)])).length > 0;
  }

  /** Every migration of an installation goes one after the other, whichever node begins. */
  async function underLock<Value>(work: () => Promise<Value>): Promise<Value> {
    const client = await connect(database.target('admin'));
    try {
      return await withLock(client, work);
    } finally {
      await client.end();
    }
  }

  async function take(owner: string, step: NamedMigration, direction: 'up' | 'down'): Promise<void> {
    const statements = statementsOf(step.migration, direction);
    if (owner !== KERNEL) checkOwn(owner, step.name, statements);
    await asOwner(owner, async (client) => {
      let statement = 'begin';
      try {
        await client.query(statement);
        for (statement of statements) await client.query(statement);
        statement = 'the check of the catalogue';
        const broken = await brokenRules(client, schemaOf(owner));
        if (broken.length > 0)
          throw new migrationErrors.KERNEL_ERR_MIGRATION_RULES(step.name, owner, broken.join('; '));
        statement = 'the record of the step';
        const hasBackfill = direction === 'up' && step.migration.backfill !== undefined;
        await client.query('select kernel.note_migration($1, $2, $3, $4)', [
          owner,
          step.name,
          direction === 'up',
          hasBackfill,
        ]);
        await client.query('commit');
      } catch (cause) {
        await client.query('rollback').catch(() => undefined);
        if (cause instanceof migrationErrors.KERNEL_ERR_MIGRATION_RULES) throw cause;
        const shown = statement.replaceAll(/\s+/g, ' ').slice(0, 200);
        throw new migrationErrors.KERNEL_ERR_MIGRATION(step.name, owner, shown, (cause as Error).message, {
          cause,
        });
      }
    });
    log.info({ owner, step: step.name, direction }, 'migration taken');
  }

  function checkOwn(owner: string, name: string, statements: readonly string[]): void {
    for (const statement of statements) {
      const foreign = foreignNames(statement, schemaOf(owner));
      if (foreign.length > 0) {
        const shown = statement.replaceAll(/\s+/g, ' ').slice(0, 200);
        throw new migrationErrors.KERNEL_ERR_MIGRATION_FOREIGN(
          name,
          owner,
          foreign.join(', '),
          schemaOf(owner),
          shown,
        );
      }
    }
  }

  async function backfill(owner: string, { name, migration }: NamedMigration): Promise<void> {
    if (!migration.backfill) return;
    try {
      const client = await connect(database.target('platform'));
      try {
        const query = async (sql: string, values: readonly unknown[] = []) => {
          const { rowCount } = await client.query(sql, [...values]);
          return { rowCount: rowCount ?? 0 };
        };
        while ((await migration.backfill(query)) > 0);
      } finally {
        await client.end();
      }
    } catch (cause) {
      throw new migrationErrors.KERNEL_ERR_BACKFILL(name, owner, (cause as Error).message, { cause });
    }
    await database.platform.query(
      'update kernel.migrations set is_backfilled = true where owner = $1 and name = $2',
      [owner, name],
    );
  }

  return {
    async prepare(owner) {
      if (owner === KERNEL || (await hasSchema(owner))) return;
      await underLock(async () => {
        const client = await connect(database.target('admin'));
        try {
          await prepareSchema({ client, roles, hasPluginRoles, owner });
        } finally {
          await client.end();
        }
      });
    },
    applied: async (owner) => (await applied(owner)).map(({ name }) => name),
    async up(owner, migrations) {
      if ((await pending(owner, migrations)).length === 0) return [];
      return underLock(async () => {
        const done = new Set((await applied(owner)).map(({ name }) => name));
        const steps = await pending(owner, migrations); // asked again: another node may have been first
        for (const step of steps) {
          if (!done.has(step.name)) await take(owner, step, 'up');
          await backfill(owner, step);
        }
        return steps.map(({ name }) => name);
      });
    },
    async down(owner, migrations, to) {
      return underLock(async () => {
        const done = (await applied(owner)).map(({ name }) => name).reverse();
        const steps = to === undefined ? done : done.slice(0, done.indexOf(to) + 1);
        for (const name of steps) {
          const step = migrations.find((known) => known.name === name);
          if (!step) throw new migrationErrors.KERNEL_ERR_MIGRATION_ORDER(owner, done[0], name);
          await take(owner, step, 'down');
        }
        return steps;
      });
    },
    async plan(owner, migrations) {
      const steps = await pending(owner, migrations);
      return steps.map(({ name, migration }) => {
        const statements = statementsOf(migration, 'up');
        return { name, statements, heavy: heavyStatements(statements) };
      });
    },
    asOwner: (owner, work) =>
      asOwner(owner, async (client) => {
        await client.query('begin');
        await work(async (sql, values = []) => (await client.query(sql, [...values])).rows);
        await client.query('commit');
      }),
    async purge(owner) {
      if (owner === KERNEL) throw new TypeError('Expected a plugin to purge, got the kernel');
      await underLock(async () => {
        const client = await connect(database.target('admin'));
        try {
          await dropSchema({ client, roles, hasPluginRoles, owner });
          await database.platform.query('delete from kernel.migrations where owner = $1', [owner]);
        } finally {
          await client.end();
        }
      });
    },
  };
}

async function prepareSchema(input: {
  client: pg.Client;
  roles: Roles;
  hasPluginRoles: boolean;
  owner: string;
}): Promise<void> {
  const { client, roles, owner } = input;
  const schema = client.escapeIdentifier(schemaOf(owner));
  const { rows } = await client.query('select 1 where to_regnamespace($1) is not null', [schemaOf(owner)]);
  if (rows.length > 0) return;
  const login = roles.plugin(owner);
  const runner = roles.run(owner);
  if (input.hasPluginRoles) {
    const admin = await asAdmin(client);
    await admin.makeRole({ name: login, login: true }, roles.password(login));
    await admin.makeRole({ name: runner, login: false, memberOf: roles.tenant }, '');
    await client.query(`grant connect on database ${admin.quoted(admin.database)} to ${login}`);
    await grantOnce(client, `grant ${runner} to ${roles.app}`, runner, roles.app);
    await client.query(`create schema ${schema} authorization ${login}`);
    await client.query(`grant usage on schema ${schema} to ${runner}, ${roles.platform}`);
    await client.query(`set role ${roles.owner}`);
    await client.query(`grant usage on schema kernel to ${login}`);
    await client.query(`grant references on kernel.stores to ${login}`);
    await client.query(
      `grant execute on function kernel.note_migration(text, text, boolean, boolean) to ${login}`,
    );
    await client.query('reset role');
  } else {
    await client.query(`create schema ${schema} authorization ${roles.owner}`);
    await client.query(`grant usage on schema ${schema} to ${roles.app}, ${roles.platform}`);
  }
}

/** Memberships are shared by all databases of a server; granting again would meet another installation's grant. */
async function grantOnce(client: pg.Client, statement: string, role: string, member: string): Promise<void> {
  const { rows } = await client.query('select 1 where pg_has_role($1, $2, $3)', [member, role, 'member']);
  if (rows.length === 0) await client.query(statement);
}

async function dropSchema(input: {
  client: pg.Client;
  roles: Roles;
  hasPluginRoles: boolean;
  owner: string;
}): Promise<void> {
  const { client, roles, owner } = input;
  await client.query(`drop schema if exists ${client.escapeIdentifier(schemaOf(owner))} cascade`);
  if (!input.hasPluginRoles) return;
  for (const role of [roles.plugin(owner), roles.run(owner)]) {
    const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (rows.length === 0) continue;
    await client.query(`drop owned by ${role}`);
    // Other databases of the server may still use the role; then it stays, with nothing in this one.
    await client.query(`drop role ${role}`).catch(() => undefined);
  }
}
