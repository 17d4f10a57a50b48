import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Model, ModelStatic } from 'sequelize';
import type { Database, KernelServices, ModelDefinition, PlatformDatabase } from 'kontor/sdk';
import { current, enterAs, leaseUnder, within, type StoreContext } from '../context.ts';
import type { Config, ConnectionTarget, KernelDatabase, KernelLog } from '../parts.ts';
import { databaseErrors, unreachable } from './errors.ts';
import { createModel } from './models.ts';
import { createPool } from './pool.ts';
import type { Roles } from './roles.ts';
import { scopedClient, type Scope, type Statement } from './scoped-client.ts';
import { checkStatement, guardLease, run } from './statements.ts';
import { inTransaction } from './transactions.ts';

const KERNEL_ROLE = 'none'; // the login itself

/**
 * Opens the application's and the platform's connections, over roles that bootstrap has made.
 *
 * @param targets - how each login is reached; the administrator's goes past any pooling proxy
 * @param storeById - for `inStore`; given late, as tenancy stands on the database
 */
export function createDatabase(input: {
  config: Config;
  log: KernelLog;
  roles: Roles;
  /** False where the server let us make no roles: statements of plugins run under the application's. */
  hasPluginRoles: boolean;
  targets: Record<'admin' | 'app' | 'platform' | 'jobs', ConnectionTarget>;
  storeById: (id: number) => StoreContext | undefined | Promise<StoreContext | undefined>;
}): KernelDatabase {
  const { config, log, roles, targets } = input;
  const pooled = config.database.statements === 'pooled';
  const runRoles = new Map<string, string>();
  const app = createPool({
    target: targets.app,
    max: config.database.poolSize,
    client: scopedClient({ pooled, scopeOf, before: guardLease }),
  });
  const platform = createPool({
    target: targets.platform,
    max: Math.max(2, Math.ceil(config.database.poolSize / 2)),
    client: scopedClient({ pooled, scopeOf: () => undefined, before: guardLease }),
  });

  function scopeOf(statement: Statement): Scope {
    const { store, plugin } = current();
    return { token: store?.token ?? '', role: statement.asKernel || !plugin ? KERNEL_ROLE : runRole(plugin) };
  }

  function runRole(plugin: string): string {
    const known = runRoles.get(plugin) ?? (input.hasPluginRoles ? roles.run(plugin) : KERNEL_ROLE);
    runRoles.set(plugin, known);
    return known;
  }

  function afterCommit(work: () => void | Promise<void>): void {
    const { transaction, platformTransaction } = current();
    const open = [transaction, platformTransaction].find((one) => one && !one.isOver);
    if (open) open.afterCommit.push(work);
    else
      void (async () => work())().catch((error) => log.error({ err: error }, 'work after a commit failed'));
  }

  const onPlatform = {
    query: <R extends object>(text: string, values: readonly unknown[] = []) =>
      run<R>(platform, 'platformTransaction', { text, values: [...values] }),
    transaction: <Value>(work: () => Promise<Value>) =>
      inTransaction({ pool: platform, slot: 'platformTransaction', log }, work),
  } satisfies PlatformDatabase;

  function forPlugin(plugin: string): Database {
    const models = new Map<ModelDefinition<never>, ModelStatic<Model>>();
    const asPlugin = <Value>(work: () => Value): Value =>
      current().plugin === plugin ? work() : within({ plugin }, work);
    const send = <R extends object>(statement: Statement) => {
      checkStatement(plugin, statement.text);
      return asPlugin(() => run<R>(app, 'transaction', statement));
    };
    return {
      query: async (text, values = []) => send({ text, values: [...values] }),
      read: async (name, text, values = []) => send({ name: `${plugin}:${name}`, text, values: [...values] }),
      transaction: (work) => inTransaction({ pool: app, slot: 'transaction', log }, work),
      afterCommit,
      model(definition) {
        const key = definition as unknown as ModelDefinition<never>;
        const model = models.get(key) ?? createModel(app.sequelize, plugin, definition);
        models.set(key, model);
        return model as never;
      },
    };
  }

  function platformFor(plugin: string): KernelServices['platform'] {
    const { mode, home, http } = input.config;
    return {
      mode: mode === 'production' ? mode : 'development',
      origin: http.platformOrigin,
      storeOrigin: ({ host }) => `${new URL(http.platformOrigin).protocol}//${host}`,
      async folder() {
        const folder = join(home, 'plugins', plugin);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        return folder;
      },
      async asPlatform(reason, work) {
        const { actor, store, requestId } = current();
        await onPlatform.query(
          `insert into kernel.platform_audit (reason, plugin, actor, store_id, request_id) values ($1, $2, $3, $4, $5)`,
          [reason, plugin, JSON.stringify(actor), store?.ref.id ?? null, requestId ?? null],
        );
        log.info({ plugin, reason }, 'work as the platform');
        return work(onPlatform);
      },
      async inStore(storeId, work) {
        const store = await input.storeById(storeId);
        if (!store) throw new databaseErrors.KERNEL_ERR_UNKNOWN_STORE(storeId);
        const { requestId, actor, locale, lease } = current();
        return enterAs(
          {
            ...{ actor, store, plugin },
            ...(requestId ? { requestId } : {}),
            ...(locale ? { locale } : {}),
            // Another store is no way around the end of one's time.
            ...(lease ? { lease: leaseUnder(lease) } : {}),
          },
          work,
        );
      },
    };
  }

  return {
    query: (text, values = []) => run(app, 'transaction', { text, values: [...values], asKernel: true }),
    read: (name, text, values = []) =>
      run(app, 'transaction', { name: `kernel:${name}`, text, values: [...values], asKernel: true }),
    transaction: (work) => inTransaction({ pool: app, slot: 'transaction', log }, work),
    afterCommit,
    platform: onPlatform,
    forPlugin,
    platformFor,
    target: (role) => targets[role],
    ping: async () => {
      await run(app, 'transaction', { text: 'select 1', asKernel: true });
    },
    close: async () => {
      await Promise.all([app.close(), platform.close()]);
    },
  };
}

/**
 * Opens one plain connection, e.g. for LISTEN, a lock or a migration; an idle one that breaks does not end the process.
 *
 * @param patience - milliseconds for a server that takes the call and says nothing
 * @throws KERNEL_ERR_DATABASE_UNREACHABLE
 */
export async function connect(target: ConnectionTarget, patience = 10_000): Promise<pg.Client> {
  const own = { application_name: 'kontor', connectionTimeoutMillis: patience };
  const client = new pg.Client({ ...target, ...own } as pg.ClientConfig);
  client.on('error', () => undefined);
  await client.connect().catch((cause: unknown) => {
    throw unreachable(target, cause);
  });
  return client;
}

/** Runs work on a plain connection of its own, and closes it. */
export async function withConnection<Value>(
  target: ConnectionTarget,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = await connect(target);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
