import type { RunningJob } from 'kontor/sdk';
import { enterAs, type Lease, type StoreContext } from '../context.ts';
import type { KnownJob } from './definitions.ts';
import { jobErrors } from './errors.ts';
import { apart, type Core } from './parts.ts';
import { createProgress, type Progress } from './progress.ts';
import type { Claim } from './queue.ts';

export type StartedRow = {
  store_id: number;
  id: string;
  payload: unknown;
  attempts: number;
  cancel_asked: boolean;
};
/** A job that this process has; its definition is gone when its plugin was turned off meanwhile. */
export type Taken = { claim: Claim; row: StartedRow; job: KnownJob | undefined };
/** What came of an attempt. The error is why it was told to stop, if it was, else what the handler threw. */
export type Ended = Taken & { outcome: 'done' | { error: unknown }; progress?: Progress | undefined };
export type Attempt = {
  readonly claim: Claim;
  /** Never rejects. */
  readonly ended: Promise<Ended>;
  /** Asks the handler to stop; it may take until its time limit. */
  stop(why: Error): void;
  /** Does not wait for the handler any longer; its statements are refused from now on. */
  abandon(why: Error): void;
};

/** Runs one attempt of a job in its store, as its plugin. */
export function startAttempt(
  { database, changes, enter }: Core,
  { claim, row, job, store }: Taken & { job: KnownJob; store: StoreContext },
): Attempt {
  const controller = new AbortController();
  const abandoned = Promise.withResolvers<never>();
  const lease: Lease = { ended: false };
  const progress = createProgress((said) => apart(() => show(said)));
  let reason: Error | undefined;
  const running: RunningJob<unknown> = {
    id: row.id,
    name: job.name,
    payload: row.payload,
    attempt: row.attempts,
    signal: controller.signal,
    async progress(percent, message) {
      await progress.say(percent, message);
      if (reason instanceof jobErrors.KERNEL_ERR_JOB_CANCELLED) throw reason;
    },
  };

  async function show({ percent, message }: Progress): Promise<void> {
    await database.platform.query(
      `update kernel.jobs set progress = $3, message = $4
       where store_id = $1 and id = $2 and attempts = $5 and state = 'running'`,
      [row.store_id, row.id, percent, message, row.attempts],
    );
    await changes.announce({ topic: 'job', key: `${row.store_id}:${row.id}` });
  }

  function stop(why: Error): void {
    reason ??= why;
    controller.abort(why);
  }

  function abandon(why: Error): void {
    reason = why; // even of a cancelled one: it did not stop
    controller.abort(why);
    abandoned.reject(why);
  }

  async function run(): Promise<Ended> {
    const late = new jobErrors.KERNEL_ERR_JOB_TIME_LIMIT(job.name, job.timeLimit);
    const limit = setTimeout(() => abandon(late), job.timeLimit * 1_000);
    try {
      const actor = { kind: 'system', reason: `job ${job.name}` } as const;
      const handled = enterAs({ actor, store, requestId: row.id, lease }, () =>
        enter(job.plugin, async () => job.handler(running, job.services)),
      );
      await Promise.race([handled, abandoned.promise]);
      return { claim, row, job, outcome: 'done', progress: progress.end() };
    } catch (error) {
      return { claim, row, job, outcome: { error: reason ?? error }, progress: progress.end() };
    } finally {
      lease.ended = true;
      clearTimeout(limit);
    }
  }

  if (row.cancel_asked) stop(new jobErrors.KERNEL_ERR_JOB_CANCELLED(job.name));
  return { claim, ended: run(), stop, abandon };
}
