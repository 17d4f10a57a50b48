import { enterAs, type StoreContext } from '../context.ts';
import type { Config, Floor, Tenancy } from '../parts.ts';
import type { KnownJob, KnownJobs } from './definitions.ts';
import type { Queue } from './queue.ts';

const MOST_LETTERS = 4_000; // of what a job says of itself; the log has all of it

export type JobsInput = Omit<Floor, 'config'> & {
  tenancy: Pick<Tenancy, 'byId'>;
  config: Pick<Config, 'role' | 'jobs'>;
  /** Delivers what is due and answers how many; for `drain`. */
  deliverEvents?: () => Promise<number>;
};
/** What the pieces of jobs stand on; each takes what it needs. */
export type Core = JobsInput & { queue: Queue; known: () => KnownJobs };

/** The jobs of one name in one store: what fairness is measured by. */
export type Lane = { storeId: number; name: string };

/** A job waits while its plugin is off for the store, or the store is closed. */
export function mayRun(job: KnownJob, store: StoreContext | undefined): store is StoreContext {
  return store !== undefined && store.ref.state !== 'closed' && store.gate.plugins.has(job.plugin);
}

/** Runs work as the kernel itself: no store, no transaction, no plugin of the caller's. */
export function apart<Value>(work: () => Value): Value {
  return enterAs({ actor: { kind: 'system', reason: 'jobs' } }, work);
}

/** Runs work apart, one at a time: whoever asks while it runs shares one more run that begins after it. */
export function inTurn<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let running: Promise<Value> | undefined;
  let next: Promise<Value> | undefined;

  function begin(): Promise<Value> {
    next = undefined;
    running = apart(work).finally(() => {
      running = undefined;
    });
    return running;
  }

  return () => {
    if (next) return next; // asked first: between two runs none is running, and one is about to
    if (!running) return begin();
    next = running.then(begin, begin);
    return next;
  };
}

/** Text of a plugin in a form that PostgreSQL keeps, also as JSON: no zero byte, no half of a character. */
export function plain(text: string): string {
  return String(text).replaceAll('\0', '').slice(0, MOST_LETTERS).toWellFormed();
}
