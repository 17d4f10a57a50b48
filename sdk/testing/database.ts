import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { bootstrap } from '../../kernel/database/bootstrap.ts';
import { createDatabase } from '../../kernel/database/index.ts';
import { createRoles } from '../../kernel/database/roles.ts';
import { createStoreSigner } from '../../kernel/database/token.ts';
import { createMigrator } from '../../kernel/migrations/index.ts';
import { loadMigrations } from '../../kernel/migrations/load.ts';
import type { Config, ConnectionTarget, KernelLog } from '../../kernel/parts.ts';
import { testServer } from './server.ts';

const KERNEL_MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const ONE_TEMPLATE = 5_346_310_002; // advisory lock while the template is made

/** The configuration of tests: nothing of the environment, one fixed secret, so that roles can be shared by databases. */
export function testConfig(change: Partial<Config> = {}): Config {
  return {
    mode: 'test',
    hasDemo: false,
    home: join(process.cwd(), '.kontor', 'test-home'),
    role: 'all',
    http: {
      host: '127.0.0.1',
      port: 0,
      platformDomain: 'localhost',
      platformOrigin: 'http://localhost:3000',
      trustedProxies: [],
      requestTimeout: 10_000,
    },
    database: {
      statements: 'direct',
      rolePrefix: 'kontor_test',
      poolSize: 10,
      statementTimeout: 20_000,
      lockTimeout: 5_000,
    },
    secrets: [{ id: 1, key: createHash('sha256').update('the secret of tests').digest() }],
    log: { level: 'silent', pretty: false },
    plugins: { folders: [] },
    jobs: { concurrency: 4 },
    ...change,
  };
}

/** A database of its own, cloned from a template that holds the kernel's migrations; `drop` removes it. */
export async function freshDatabase(): Promise<{ target: ConnectionTarget; drop(): Promise<void> }> {
  const server = await testServer();
  const template = await templateDatabase(server);
  const name = `kontor_t_${randomBytes(6).toString('hex')}`;
  await onServer(server, (client) => client.query(`create database ${name} template ${template}`));
  return {
    target: { ...server, database: name },
    drop: () =>
      onServer(
        server,
        async (client) => void (await client.query(`drop database if exists ${name} with (force)`)),
      ),
  };
}

/** One template for each state of the kernel's migrations and ground, made by the first test that needs it. */
async function templateDatabase(server: ConnectionTarget): Promise<string> {
  const name = `kontor_template_${await fingerprint()}`;
  return onServer(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [ONE_TEMPLATE]);
    const { rows } = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [
      name,
    ]);
    if (rows.length > 0) return name;
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name} template template0 encoding 'UTF8'`);
    await migrateKernel({ ...server, database: name });
    await client.query(`alter database ${name} is_template true`);
    return name;
  });
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['../../migrations', '../../kernel/database', '../../kernel/migrations', '..']) {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    for (const file of (await readdir(path)).sort()) {
      if (file.endsWith('.ts')) hash.update(file).update(await readFile(join(path, file)));
    }
  }
  return hash.digest('hex').slice(0, 12);
}

async function migrateKernel(target: ConnectionTarget): Promise<void> {
  const { migrator, close } = await openDatabase({
    config: testConfig(),
    target,
    storeById: () => undefined,
  });
  try {
    await migrator.up('kernel', await loadMigrations(KERNEL_MIGRATIONS));
  } finally {
    await close();
  }
}

/** The database parts of a kernel on a given target, without the rest of it. */
export async function openDatabase(input: {
  config: Config;
  target: ConnectionTarget;
  /** Where a pooling proxy stands; statements of stores and the platform go through it. */
  proxy?: ConnectionTarget;
  storeById: Parameters<typeof createDatabase>[0]['storeById'];
}) {
  const { config, target, proxy = target } = input;
  const log = silentLog();
  const roles = createRoles(config);
  const signer = createStoreSigner(config.secrets);
  const ground = await bootstrap({ config, log, roles, signer, target });
  const login = (role: string, at = target): ConnectionTarget => ({
    ...at,
    user: role,
    password: roles.password(role),
  });
  const targets = {
    admin: target,
    app: login(roles.app, proxy),
    platform: login(roles.platform, proxy),
    jobs: login(roles.jobs),
  };
  const database = createDatabase({
    config,
    log,
    roles,
    hasPluginRoles: ground.hasPluginRoles,
    targets,
    storeById: input.storeById,
  });
  const migrator = createMigrator({ config, database, log, roles, hasPluginRoles: ground.hasPluginRoles });
  return { config, database, migrator, signer, roles, targets, ground, close: () => database.close() };
}

/** A log that keeps its lines instead of writing them. */
export function silentLog(
  lines: { level: string; details: Record<string, unknown>; message: string }[] = [],
): KernelLog {
  const write = (level: string) => (details: Record<string, unknown>, message: string) => {
    lines.push({ level, details, message });
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: () => silentLog(lines),
  };
}

async function onServer<Value>(
  server: ConnectionTarget,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ ...server, database: 'postgres' } as pg.ClientConfig);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
