import type pg from 'pg';
import { withConnection } from '../database/index.ts';
import { withLock } from '../database/lock.ts';
import { type Roles, schemaOf } from '../database/roles.ts';
import type { Config, KernelDatabase, KernelLog, Migrator, NamedMigration } from '../parts.ts';
import { brokenRules } from './catalogue.ts';
import { migrationErrors } from './errors.ts';
import { dropSchema, prepareSchema } from './schemas.ts';
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
    const login = own ? { ...target, user: role, password: roles.password(role) } : target;
    return withConnection(login, async (client) => {
      if (!own) await client.query(`set role ${client.escapeIdentifier(roles.owner)}`);
      await client.query(`set lock_timeout = '${config.database.lockTimeout}ms'`);
      return work(client);
    });
  }

  /** Asked over the pool, without the lock: a start with thirty plugins asks thirty times, and mostly hears yes. */
  async function hasSchema(owner: string): Promise<boolean> {
    const sql = 'select 1 where to_regnamespace($1) is not null';
    return (await database.platform.query(sql, [schemaOf(owner)])).length > 0;
  }

  /** Every migration of an installation goes one after the other, whichever node begins. */
  const underLock = <Value>(work: (client: pg.Client) => Promise<Value>): Promise<Value> =>
    withConnection(database.target('admin'), (client) => withLock(client, () => work(client)));

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
      await withConnection(database.target('platform'), async (client) => {
        const query = async (sql: string, values: readonly unknown[] = []) => {
          const { rowCount } = await client.query(sql, [...values]);
          return { rowCount: rowCount ?? 0 };
        };
        while ((await migration.backfill!(query)) > 0);
      });
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
      await underLock((client) => prepareSchema({ client, roles, hasPluginRoles, owner }));
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
        const value = await work(async (sql, values = []) => (await client.query(sql, [...values])).rows);
        await client.query('commit');
        return value;
      }),
    async purge(owner) {
      if (owner === KERNEL) throw new TypeError('Expected a plugin to purge, got the kernel');
      await underLock((client) => dropSchema({ client, roles, hasPluginRoles, owner }));
    },
  };
}
