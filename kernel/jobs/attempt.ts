import type { RunningJob } from 'kontor/sdk';
import { enterAs, type Lease, type StoreContext } from '../context.ts';
import type { Changes, EnterPlugin, KernelDatabase } from '../parts.ts';
import type { KnownJob } from './definitions.ts';
import { jobErrors } from './errors.ts';
import { apart } from './one-at-a-time.ts';
import { createProgress, type Progress } from './progress.ts';
import type { Claim } from './queue.ts';

/** What came of an attempt. `interrupted`: by the end of the process; `elsewhere`: another process has the job. */
export type Outcome = 'done' | 'cancelled' | 'interrupted' | 'elsewhere' | { error: unknown };
export type StartedRow = {
  store_id: number;
  id: string;
  payload: unknown;
  attempts: number;
  cancel_asked: boolean;
};

export type Attempt = {
  readonly claim: Claim;
  readonly row: StartedRow;
  readonly job: KnownJob;
  /** Never rejects. */
  readonly ended: Promise<{ outcome: Outcome; progress: Progress | undefined }>;
  /** Asks the handler to stop; it may take until its time limit. */
  cancel(): void;
  interrupt(): void;
  /** Does not wait for the handler any longer; its statements are refused from now on. */
  abandon(why: 'interrupted' | 'elsewhere'): void;
};

/** Runs one attempt of a job in its store, as its plugin. */
export function startAttempt(input: {
  claim: Claim;
  row: StartedRow;
  job: KnownJob;
  store: StoreContext;
  database: KernelDatabase;
  changes: Changes;
  enter: EnterPlugin;
}): Attempt {
  const { claim, row, job, store, database, changes, enter } = input;
  const controller = new AbortController();
  const given = Promise.withResolvers<never>();
  const lease: Lease = { ended: false };
  let fate: Exclude<Outcome, 'done' | object> | undefined;

  const progress = createProgress(({ percent, message }) =>
    apart(async () => {
      const [now] = await database.platform.query<{ cancel_asked: boolean }>(
        `update kernel.jobs set progress = $3, message = $4
         where store_id = $1 and id = $2 and attempts = $5 and state = 'running' returning cancel_asked`,
        [row.store_id, row.id, percent, message, row.attempts],
      );
      if (now?.cancel_asked) cancel();
      await changes.announce({ topic: 'job', key: `${row.store_id}:${row.id}` });
    }),
  );
  const running: RunningJob<unknown> = {
    id: row.id,
    name: job.name,
    payload: row.payload,
    attempt: row.attempts,
    signal: controller.signal,
    async progress(percent, message) {
      await progress.report(percent, message);
      if (fate === 'cancelled') throw controller.signal.reason;
    },
  };

  function cancel(): void {
    stop('cancelled', new jobErrors.KERNEL_ERR_JOB_CANCELLED(job.name));
  }

  function interrupt(): void {
    stop('interrupted', new jobErrors.KERNEL_ERR_JOB_STOPPED(job.name));
  }

  function stop(next: typeof fate, reason: Error): void {
    fate ??= next;
    controller.abort(reason);
  }

  function abandon(why: 'interrupted' | 'elsewhere'): void {
    if (why === 'elsewhere') {
      fate = why;
      controller.abort(new jobErrors.KERNEL_ERR_JOB_LEASE(job.name));
    }
    given.reject(controller.signal.reason);
  }

  async function run(): Promise<{ outcome: Outcome; progress: Progress | undefined }> {
    const timer = setTimeout(() => {
      fate = undefined; // even a cancelled one: it did not stop
      const reason = new jobErrors.KERNEL_ERR_JOB_TIME_LIMIT(job.name, job.timeLimit);
      controller.abort(reason);
      given.reject(reason);
    }, job.timeLimit * 1_000);
    try {
      const actor = { kind: 'system', reason: `job ${job.name}` } as const;
      const handled = enterAs({ actor, store, requestId: row.id, lease }, () =>
        enter(job.plugin, async () => job.handler(running, job.services)),
      );
      await Promise.race([handled, given.promise]);
      return { outcome: fate === 'elsewhere' ? fate : 'done', progress: progress.close() };
    } catch (error) {
      return { outcome: fate ?? { error }, progress: progress.close() };
    } finally {
      lease.ended = true;
      clearTimeout(timer);
    }
  }

  if (row.cancel_asked) cancel();
  return { claim, row, job, ended: run(), cancel, interrupt, abandon };
}
