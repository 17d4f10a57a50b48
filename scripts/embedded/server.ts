import { execFile, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { ConnectionTarget } from '../../kernel/parts.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { errors } from './errors.ts';
import { give, makeSocketFolder, type Place } from './place.ts';
import { findPostmaster, forgetPostmaster, type Postmaster, stopPostmaster } from './postmaster.ts';

const PATIENCE = 60_000; // ms to start; recovery after a power cut reads all that was written since a checkpoint
const DEAF = 3_000; // ms a running server may stay without its socket, which a cleaner of /tmp may have removed

const environment = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8', TZ: 'UTC' };

/** A connection to the server of a place, which is adopted when it runs, else started, on new data if there are none. */
export async function reachServer(
  place: Place,
  spare: string,
): Promise<{ client: Client; target: ConnectionTarget; adopted: boolean }> {
  const running = findPostmaster(place);
  const adopted = running && (await knock(targetOf(running), () => findPostmaster(place) !== undefined));
  if (adopted) return { client: adopted, target: targetOf(running), adopted: true };
  await stopPostmaster(place);
  const binaries = findBinaries({ identity: place.identity, spare });
  await initialise(place, binaries);
  return { ...(await start(place, binaries)), adopted: false };
}

/** Makes the data in a folder beside, then renames it: a crash on the way leaves nothing that looks like data. */
async function initialise(place: Place, { initdb, major }: Binaries): Promise<void> {
  const { data, identity, durable } = place;
  const parent = dirname(data);
  const half = `${basename(data)}.new-`;
  for (const left of readdirSync(parent).filter((name) => name.startsWith(half))) {
    rmSync(join(parent, left), { recursive: true, force: true });
  }
  if (existsSync(join(data, 'PG_VERSION'))) return checkVersion(data, major);
  const fresh = mkdtempSync(join(parent, half));
  give(fresh, identity);
  const settings = ['-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-instructions'];
  const locale = ['--locale-provider=builtin', '--locale=C.UTF-8'];
  const args = ['-D', fresh, ...settings, ...locale, ...(durable ? [] : ['--no-sync'])];
  try {
    await promisify(execFile)(initdb, args, { ...identity, cwd: '/', env: environment });
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw new errors.KERNEL_ERR_EMBEDDED_INIT(data, (error as { stderr?: string }).stderr ?? error, {
      cause: error,
    });
  }
  renameSync(fresh, data);
  if (durable) syncFolder(parent); // the new name must survive a power cut, or the data under the old one are swept away
}

function checkVersion(data: string, major: string): void {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (found !== major) throw new errors.KERNEL_ERR_EMBEDDED_VERSION(data, found, major);
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

async function start(
  place: Place,
  { postgres }: Binaries,
): Promise<{ client: Client; target: ConnectionTarget }> {
  const { data, identity, logFile, socketFolder } = place;
  const target = targetOf({ socketFolder, port: 5432 });
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    makeSocketFolder(place);
    forgetPostmaster(place);
    const log = openSync(logFile, 'w');
    const child = spawn(postgres, ['-D', data, ...settings(place)], {
      ...identity,
      cwd: '/',
      env: environment,
      detached: true, // Ctrl-C must not reach it before the connections are closed
      stdio: ['ignore', log, log], // a pipe would break when this process dies and the server lives on
    });
    closeSync(log);
    child.unref();
    const failed = new Promise<void>((resolve) => child.once('exit', resolve).once('error', resolve));
    let isAlive = true;
    failed.then(() => {
      isAlive = false;
    });
    const client = await knock(target, () => isAlive && performance.now() < deadline);
    if (client) return { client, target };
    const said = readFileSync(logFile, 'utf8').trim().split('\n').slice(-12).join('\n');
    // Children of a killed postmaster finish their statement before they see that it is gone.
    const isBeingLeft = said.includes('shared memory block');
    if (!isBeingLeft || performance.now() > deadline) {
      throw new errors.KERNEL_ERR_EMBEDDED_START(data, logFile, said);
    }
    await pause(100);
  }
}

function settings({ socketFolder, durable }: Place): string[] {
  const values = {
    port: '5432',
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    max_connections: '200',
    shared_buffers: '128MB',
    jit: 'off', // compiles for a second what takes a millisecond
    timezone: 'UTC',
    // Failed statements are reported where they were sent; in this file they could show what somebody typed.
    log_min_messages: 'log',
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function targetOf({ socketFolder, port }: Omit<Postmaster, 'pid'>): ConnectionTarget {
  return { host: socketFolder, port, user: 'postgres', database: 'kontor', ssl: false };
}

/** Tries until the server lets somebody in; undefined when it is gone, or cannot be reached by its socket. */
async function knock(target: ConnectionTarget, isWorthwhile: () => boolean): Promise<Client | undefined> {
  let deafSince = performance.now();
  while (isWorthwhile() && performance.now() - deafSince < DEAF) {
    const client = new Client({ ...target, database: 'postgres', application_name: 'kontor keeper' });
    try {
      await client.connect();
      return client;
    } catch (error) {
      const answered = (error as { code?: string }).code === '57P03'; // starting up, shutting down, recovering
      if (answered) deafSince = performance.now();
      await client.end().catch(() => undefined);
      await pause(10);
    }
  }
  return undefined;
}
