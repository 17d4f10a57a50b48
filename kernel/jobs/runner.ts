import { startAttempt, type Attempt, type Ended, type StartedRow } from './attempt.ts';
import { jobErrors } from './errors.ts';
import { mayRun, type Core, type Lane } from './parts.ts';
import type { Claim } from './queue.ts';
import type { Settler } from './settle.ts';

/** Takes jobs from the queue into free slots of this process and runs them; each slot by itself, so a slow job blocks none. */
export function createRunner(
  core: Core & {
    settler: Settler;
    /** A slot and a place in its lane have become free. */
    onFree: (lane: Lane) => void;
  },
) {
  const { database, queue, tenancy, settler } = core;
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
      await begin(claims);
      if (claims.length < free) break; // else there may be more, and some of these were not to be run
    }
    return taken;
  }

  async function begin(claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return;
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
      if (claim.retryCount > 0) lost.add(1, { name: claim.data.name });
      if (row) await run(claim, row);
    }
    await queue.drop(claims.filter(({ id }) => !started.has(id))); // cancelled, or over before its process died
  }

  async function run(claim: Claim, row: StartedRow): Promise<void> {
    const { storeId, name } = claim.data;
    const job = core.known().get(name);
    const store = await tenancy.byId(storeId);
    if (!job || !mayRun(job, store)) {
      // Turned off since it was relayed: it waits until that is on again.
      follow(unrun({ claim, row, job }, new jobErrors.KERNEL_ERR_JOB_STOPPED(name)));
    } else if (row.attempts > job.retries + 1) {
      // One that takes its process down may not do so for ever: attempts that nobody ended count as well.
      follow(unrun({ claim, row, job }, new jobErrors.KERNEL_ERR_JOB_LOST(row.attempts - 1)));
    } else {
      follow(startAttempt(core, { claim, row, job, store }));
    }
  }

  function follow(attempt: Attempt): void {
    const { id, data } = attempt.claim;
    const end = attempt.ended
      .then(settler.settle)
      .catch((error) =>
        core.log.error({ err: error, id }, 'the end of a job could not be written; it runs again'),
      )
      .finally(() => {
        running.delete(attempt);
        over += 1;
        core.onFree(data);
      });
    running.set(attempt, end);
  }

  function stopAll(reasonFor: (name: string) => Error, how: 'stop' | 'abandon'): void {
    for (const attempt of running.keys()) attempt[how](reasonFor(attempt.claim.data.name));
  }

  return {
    fill,
    /** Tells the queue that these jobs are alive, and lets go of those that it gave to others. */
    async keep(): Promise<void> {
      const all = [...running.keys()];
      if (all.length === 0) return;
      const held = await queue.keep(all.map(({ claim }) => claim));
      for (const { claim, abandon } of all)
        if (!held.has(claim.id)) abandon(new jobErrors.KERNEL_ERR_JOB_LEASE(claim.data.name));
    },
    /** Asks those to stop that somebody wants to be cancelled. */
    async cancelAsked(): Promise<void> {
      const ids = [...running.keys()].map(({ claim }) => claim.id);
      if (ids.length === 0) return;
      const rows = await database.platform.query<{ id: string }>(
        `select id from kernel.jobs where id = any($1) and state = 'running' and cancel_asked`,
        [ids],
      );
      for (const { claim, stop } of running.keys())
        if (rows.some(({ id }) => id === claim.id))
          stop(new jobErrors.KERNEL_ERR_JOB_CANCELLED(claim.data.name));
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
      const reasonFor = (name: string) => new jobErrors.KERNEL_ERR_JOB_STOPPED(name);
      settler.close();
      stopAll(reasonFor, 'stop');
      const patience = setTimeout(() => stopAll(reasonFor, 'abandon'), grace);
      await Promise.all(running.values());
      clearTimeout(patience);
    },
  };
}

/** An attempt that ends before it begins. */
function unrun(taken: Omit<Ended, 'outcome'>, error: Error): Attempt {
  const ended = Promise.resolve({ ...taken, outcome: { error } });
  return { claim: taken.claim, ended, stop() {}, abandon() {} };
}
