import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { errors } from './errors.ts';

const PATIENCE = 120_000; // ms; a first start elsewhere makes a data folder, which takes seconds on a slow disk
const BUSY = 5; // SQLITE_BUSY

/**
 * Runs work while no other process runs work under the same file.
 *
 * A lock of SQLite ends with its process, whatever killed it; a file with a process number would have to guess.
 *
 * @throws KERNEL_ERR_EMBEDDED_BUSY after two minutes
 */
export async function withLock<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
  const lock = new DatabaseSync(file);
  try {
    await acquire(lock, file);
    return await work();
  } finally {
    lock.close();
  }
}

async function acquire(lock: DatabaseSync, file: string): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    try {
      return lock.exec('begin exclusive');
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== BUSY) throw error;
      if (performance.now() > deadline) throw new errors.KERNEL_ERR_EMBEDDED_BUSY(file, PATIENCE / 1000);
      await pause(20);
    }
  }
}
