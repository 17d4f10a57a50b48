import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Place } from './place.ts';

/** A running server, as its own pid file tells. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly socketFolder: string };

const FAST_SHUTDOWN = 15_000; // ms for a last checkpoint; what is cut off after that recovers at the next start

/** The server that runs on this data folder, whoever started it. A process that merely has its number is none. */
export function findPostmaster({ data }: Pick<Place, 'data'>): Postmaster | undefined {
  const [pid, , , port, socketFolder] = read(join(data, 'postmaster.pid')).split('\n');
  if (!isServing(Number(pid), data)) return undefined;
  return { pid: Number(pid), port: Number(port), socketFolder: socketFolder ?? '' };
}

/**
 * Makes PostgreSQL look at a pid file that names no postmaster as stale, though some process has that number.
 * It takes its parent's number for its own past; removing the file instead would also remove the key of the shared
 * memory, by which it sees that children of a killed postmaster still write.
 */
export function forgetPostmaster({ data }: Pick<Place, 'data'>): void {
  const file = join(data, 'postmaster.pid');
  const [pid, ...rest] = read(file).split('\n');
  if (pid) writeFileSync(file, [process.pid, ...rest].join('\n'));
}

/** Ends connections, writes everything out and waits until the server is gone. */
export async function stopPostmaster(place: Pick<Place, 'data'>): Promise<void> {
  const asked = findPostmaster(place);
  if (!asked) return;
  signal(asked.pid, 'SIGINT');
  const deadline = performance.now() + FAST_SHUTDOWN;
  while (findPostmaster(place)?.pid === asked.pid) {
    if (performance.now() > deadline) signal(asked.pid, 'SIGQUIT');
    await pause(10);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isServing(pid: number, data: string): boolean {
  if (!(pid > 0)) return false;
  const words = commandLine(pid);
  return words.includes('postgres') && words.includes(data);
}

/** Empty for a process that has ended, also for one that nobody has buried yet. */
function commandLine(pid: number): string {
  if (process.platform === 'linux') return read(`/proc/${pid}/cmdline`);
  return spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}

/** Empty when it is not there: it may go at any moment. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // ESRCH: what /proc answers for a process that ends meanwhile.
    if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return '';
  }
}
