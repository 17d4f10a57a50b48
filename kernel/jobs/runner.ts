import { startAttempt, type Attempt, type Ended, type StartedRow } from './attempt.ts';
import { jobErrors } from './errors.ts';
import type { Core, Lane } from './parts.ts';
import type { Claim } from './queue.ts';

/** Takes jobs from the queue into free slots of this process and runs them; each slot by itself, so a slow job blocks none. */
export function createRunner(
  core: Core & {
    settle: (ended: Ended) => Promise<void>;
    /** A slot and a place in its lane have become free. */
    onFree: (lane: Lane) => void;
  },
) {
  const { database, queue, tenancy, log } = core;
  const { concurrency } = core.config.jobs;
  const lost = core.metrics.counter(
    'kontor_jobs_lost_total',
    'Jobs whose process died or lost its lease, by name',
  );
  const running = new Map<Attempt, Promise<void>>();
  let over = 0;

  /** @returns how many were taken */
  async function fill(): Promise<number> {
    let taken = 0;
    for (let free = concurrency - running.size; free > 0; free = concurrency - running.size) {
      const claims = await queue.take(free);
      taken += claims.length;
      if (claims.length > 0) await start(claims);
      if (claims.length < free) break; // else there may be more, and some of these were not to be run
    }
    return taken;
  }

  async function start(claims: readonly Claim[]): Promise<void> {
    // Its key is free from now on: only a waiting job holds back a second one.
    const rows = await database.platform.query<StartedRow>(
      `update kernel.jobs set state = 'running', attempts = jobs.attempts + 1, started_at = $3, key = null, error = null
       from unnest($1::bigint[], $2::uuid[]) as due (store_id, id)
       where jobs.store_id = due.store_id and jobs.id = due.id and jobs.state in ('waiting', 'running')
       returning jobs.store_id, jobs.id, jobs.payload, jobs.attempts, jobs.cancel_asked`,
      [claims.map(({ data }) => data.storeId), claims.map(({ id }) => id), core.clock.now()],
    );
    const started = new Map(rows.map((row) => [row.id, row]));
    for (const claim of claims) {
      const row = started.get(claim.id);
      const job = core.known().get(claim.data.name);
      if (row) follow(startAttempt(core, { claim, row, job, store: await tenancy.byId(row.store_id) }));
      if (claim.retryCount > 0) lost.add(1, { name: claim.data.name });
    }
    await queue.drop(claims.filter(({ id }) => !started.has(id))); // cancelled, or over before its process died
  }

  function follow(attempt: Attempt): void {
    const { id, data } = attempt.claim;
    const end = attempt.ended
      .then(core.settle)
      .catch((error) => log.error({ err: error, id }, 'the end of a job could not be written; it runs again'))
      .finally(() => {
        running.delete(attempt);
        over += 1;
        core.onFree(data);
      });
    running.set(attempt, end);
  }

  async function cancelAsked(claims: readonly Claim[]): Promise<Set<string>> {
    const rows = await database.platform.query<{ id: string }>(
      `select id from kernel.jobs
       where store_id = any($1) and id = any($2) and state = 'running' and cancel_asked`,
      [claims.map(({ data }) => data.storeId), claims.map(({ id }) => id)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  return {
    fill,
    /** Tells the queue that these jobs are alive; stops those that it gave to others, or that somebody wants cancelled. */
    async keep(): Promise<void> {
      const all = [...running.keys()];
      if (all.length === 0) return;
      const claims = all.map(({ claim }) => claim);
      const [held, cancelled] = await Promise.all([queue.keep(claims), cancelAsked(claims)]);
      for (const { claim, abandon, stop } of all) {
        if (!held.has(claim.id)) abandon(jobErrors.KERNEL_ERR_JOB_LEASE);
        else if (cancelled.has(claim.id)) stop(jobErrors.KERNEL_ERR_JOB_CANCELLED);
      }
      await Promise.all(all.map(({ show }) => show()));
    },
    /** Resolves when all that run now are over and written. @returns how many were over since it was asked last */
    async idle(): Promise<number> {
      await Promise.all(running.values());
      const count = over;
      over = 0;
      return count;
    },
    /** Asks all to end, waits `grace` ms, and then does without them: they run again elsewhere. */
    async stop(grace: number): Promise<void> {
      for (const { stop } of running.keys()) stop(jobErrors.KERNEL_ERR_JOB_STOPPED);
      const patience = setTimeout(() => {
        for (const { abandon } of running.keys()) abandon(jobErrors.KERNEL_ERR_JOB_STOPPED);
      }, grace);
      await Promise.all(running.values());
      clearTimeout(patience);
    },
  };
}
