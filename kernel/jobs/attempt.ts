import type { ErrorClass, RunningJob } from 'kontor/sdk';
import { enterAs, type Lease, type StoreContext } from '../context.ts';
import type { KnownJob } from './definitions.ts';
import { jobErrors } from './errors.ts';
import { apart, mayRun, plain, type Core } from './parts.ts';
import type { Claim } from './queue.ts';

export type StartedRow = {
  store_id: number;
  id: string;
  payload: unknown;
  attempts: number;
  cancel_asked: boolean;
};
/** A job that this process has; its definition is gone when its plugin was turned off meanwhile. */
type Taken = { claim: Claim; row: StartedRow; job: KnownJob | undefined };
/** What came of an attempt, and how far it said to be. The error is why it was told to stop, if it was. */
export type Ended = Taken & {
  outcome: 'done' | { error: unknown };
  said: { percent: number; message: string } | undefined;
};
export type Attempt = ReturnType<typeof startAttempt>;

const PAUSE = 250; // ms between two writes of progress: four a second are as many as a person can follow

/** Runs one attempt of a job in its store, as its plugin. */
export function startAttempt(
  { database, changes, enter }: Core,
  { claim, row, job, store }: Taken & { store: StoreContext | undefined },
) {
  const { name } = claim.data;
  const controller = new AbortController();
  const abandoned = Promise.withResolvers<never>();
  const lease: Lease = { ended: false };
  let reason: Error | undefined;
  let said: Ended['said'];
  let shown: Ended['said'];
  let shownAt = Number.NEGATIVE_INFINITY;
  const running: RunningJob<unknown> = {
    id: row.id,
    name,
    payload: row.payload,
    attempt: row.attempts,
    signal: controller.signal,
    async progress(percent, message = said?.message ?? '') {
      const whole = Math.round(Math.min(100, Math.max(0, percent))) || 0;
      said = { percent: whole, message: plain(message) };
      if (performance.now() - shownAt >= PAUSE) await show();
      if (reason instanceof jobErrors.KERNEL_ERR_JOB_CANCELLED) throw reason;
    },
  };

  /** Writes what was said and not shown yet. */
  async function show(): Promise<void> {
    if (!said || said === shown) return;
    shown = said;
    shownAt = performance.now();
    const values = [row.store_id, row.id, said.percent, said.message, row.attempts];
    await apart(async () => {
      await database.platform.query(
        `update kernel.jobs set progress = $3, message = $4
         where store_id = $1 and id = $2 and attempts = $5 and state = 'running'`,
        values,
      );
      await changes.announce({ topic: 'job', key: `${row.store_id}:${row.id}` });
    });
  }

  /** Asks the handler to stop; it may take until its time limit. */
  function stop(Why: ErrorClass): void {
    reason ??= new Why(name);
    controller.abort(reason);
  }

  /** Does not wait for the handler any longer; its statements are refused from now on. */
  function abandon(Why: ErrorClass, ...words: unknown[]): void {
    reason = new Why(name, ...words); // even of a cancelled one: it did not stop
    controller.abort(reason);
    abandoned.reject(reason);
  }

  async function run(): Promise<Ended> {
    let limit: NodeJS.Timeout | undefined;
    try {
      // Turned off since it was relayed: it waits until that is on again.
      if (!job || !mayRun(job, store)) throw new jobErrors.KERNEL_ERR_JOB_STOPPED(name);
      // One that takes its process down may not do so for ever: attempts that nobody ended count as well.
      if (row.attempts > job.retries + 1) throw new jobErrors.KERNEL_ERR_JOB_LOST(row.attempts - 1);
      const { timeLimit } = job;
      limit = setTimeout(() => abandon(jobErrors.KERNEL_ERR_JOB_TIME_LIMIT, timeLimit), timeLimit * 1_000);
      const actor = { kind: 'system', reason: `job ${name}` } as const;
      const handled = enterAs({ actor, store, requestId: row.id, lease }, () =>
        enter(job.plugin, async () => job.handler(running, job.services)),
      );
      await Promise.race([handled, abandoned.promise]);
      return { claim, row, job, outcome: 'done', said };
    } catch (error) {
      return { claim, row, job, outcome: { error: reason ?? error }, said };
    } finally {
      lease.ended = true;
      clearTimeout(limit);
    }
  }

  abandoned.promise.catch(() => undefined); // also when nobody waits for it any more
  if (row.cancel_asked) stop(jobErrors.KERNEL_ERR_JOB_CANCELLED);
  /** Never rejects. */
  const ended = run();
  return { claim, ended, show, stop, abandon };
}
