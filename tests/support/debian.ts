import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { ConnectionTarget } from '../../kernel/parts.ts';

/* Debian's own PostgreSQL 15 and pgbouncer, started for a test in a folder of its own. */

const run = promisify(execFile);
const POSTGRES = '/usr/lib/postgresql/15/bin';
const PGBOUNCER = '/usr/sbin/pgbouncer';

export const hasPostgres15 = existsSync(join(POSTGRES, 'postgres'));
export const hasPgbouncer = existsSync(PGBOUNCER);

type Stoppable = { stop(): Promise<void> };

/** Starts PostgreSQL 15 on a unix socket with the administrator `postgres`. */
export async function startPostgres15(): Promise<Stoppable & { target: ConnectionTarget }> {
  const { folder, identity } = await ownFolder();
  const data = join(folder, 'data');
  await run(
    join(POSTGRES, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync'],
    {
      ...identity,
      cwd: '/',
    },
  );
  const options = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'max_connections=100',
  ];
  const child = spawn(
    join(POSTGRES, 'postgres'),
    ['-D', data, ...options.flatMap((option) => ['-c', option])],
    {
      ...identity,
      cwd: '/',
      stdio: 'ignore',
    },
  );
  const target = { host: folder, port: 5432, user: 'postgres', database: 'postgres' };
  await untilItAnswers(target);
  return { target, stop: () => end(child, folder) };
}

/** Starts pgbouncer in transaction pooling in front of a server, with three server connections a login. */
export async function startPgbouncer(
  target: ConnectionTarget,
  users: readonly string[],
): Promise<Stoppable & { target: ConnectionTarget }> {
  const { folder, identity } = await ownFolder();
  const settings = [
    '[databases]',
    `* = host=${target.host} port=${target.port ?? 5432}`,
    '[pgbouncer]',
    'listen_addr =',
    'listen_port = 6432',
    `unix_socket_dir = ${folder}`,
    'auth_type = trust',
    `auth_file = ${join(folder, 'users.txt')}`,
    'pool_mode = transaction',
    'default_pool_size = 3',
    'max_client_conn = 200',
    'ignore_startup_parameters = extra_float_digits',
  ];
  await writeFile(join(folder, 'pgbouncer.ini'), settings.join('\n'));
  await writeFile(join(folder, 'users.txt'), users.map((user) => `"${user}" ""`).join('\n'));
  const child = spawn(PGBOUNCER, ['-q', join(folder, 'pgbouncer.ini')], {
    ...identity,
    cwd: '/',
    stdio: 'ignore',
  });
  const proxy = { ...target, host: folder, port: 6432 };
  await untilItAnswers({ ...proxy, user: users[0]! });
  return { target: proxy, stop: () => end(child, folder) };
}

/** A folder that the server's user owns: neither program runs as root. */
async function ownFolder(): Promise<{ folder: string; identity: { uid?: number; gid?: number } }> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-debian-'));
  if (process.getuid?.() !== 0) return { folder, identity: {} };
  const passwd = await readFile('/etc/passwd', 'utf8');
  const [, , uid, gid] = (/^postgres:.*$/m.exec(passwd) ?? /^nobody:.*$/m.exec(passwd))![0].split(':');
  const identity = { uid: Number(uid), gid: Number(gid) };
  await chown(folder, identity.uid, identity.gid);
  return { folder, identity };
}

async function untilItAnswers(target: ConnectionTarget): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client(target as pg.ClientConfig);
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt === 200) throw error;
      await pause(50);
    }
  }
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await gone;
  await rm(folder, { recursive: true, force: true });
}
