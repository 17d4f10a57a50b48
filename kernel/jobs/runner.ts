import type { KernelServices } from 'kontor/sdk';
import type { StoreContext } from '../context.ts';
import type { Changes, EnterPlugin, KernelDatabase, KernelLog, Tenancy } from '../parts.ts';
import { startAttempt, type Attempt, type StartedRow } from './attempt.ts';
import type { KnownJob, KnownJobs } from './definitions.ts';
import { jobErrors } from './errors.ts';
import type { Claim, Queue } from './queue.ts';
import { mayRun, type Lane } from './relay.ts';
import type { createSettler } from './settle.ts';

type Ready = { claim: Claim; job: KnownJob; store: StoreContext };

/** Takes jobs from the queue into free slots of this process and runs them; each slot by itself, so a slow job blocks none. */
export function createRunner(deps: {
  database: KernelDatabase;
  queue: Queue;
  changes: Changes;
  tenancy: Pick<Tenancy, 'byId'>;
  enter: EnterPlugin;
  log: KernelLog;
  metrics: KernelServices['metrics'];
  settler: ReturnType<typeof createSettler>;
  clock: { now(): Date };
  /** Jobs at once in this process. */
  concurrency: number;
  known: () => KnownJobs;
  /** A slot and a place in its lane have become free. */
  onFree: (lane: Lane) => void;
}) {
  const { database, queue, tenancy, settler, clock } = deps;
  const lost = deps.metrics.counter(
    'kontor_jobs_lost_total',
    'Jobs whose process died or lost its lease, by name',
  );
  const attempts = new Map<string, { attempt: Attempt; over: Promise<void> }>();

  /** @returns how many were taken */
  async function fill(): Promise<number> {
    const free = deps.concurrency - attempts.size;
    if (free <= 0) return 0;
    const claims = await queue.take(free);
    const { ready, notHere } = await sorted(claims);
    await putBack(notHere);
    await start(ready);
    return claims.length;
  }

  async function sorted(claims: readonly Claim[]): Promise<{ ready: Ready[]; notHere: Claim[] }> {
    const ready: Ready[] = [];
    const notHere: Claim[] = [];
    for (const claim of claims) {
      const job = deps.known().get(claim.data.name);
      const store = await tenancy.byId(claim.data.storeId);
      if (job && mayRun(job, store)) ready.push({ claim, job, store });
      else notHere.push(claim);
    }
    return { ready, notHere };
  }

  /** Of a plugin that was turned off since it was relayed: it waits until that is on again. */
  async function putBack(claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return;
    await queue.drop(claims);
    await database.platform.query(
      `update kernel.jobs set state = 'waiting', relayed_at = null from unnest($1::bigint[], $2::uuid[]) as back (store_id, id)
       where jobs.store_id = back.store_id and jobs.id = back.id and jobs.state in ('waiting', 'running')`,
      [claims.map(({ data }) => data.storeId), claims.map(({ id }) => id)],
    );
  }

  async function start(ready: readonly Ready[]): Promise<void> {
    if (ready.length === 0) return;
    // Its key is free from now on: only a waiting job holds back a second one.
    const rows = await database.platform.query<StartedRow>(
      `update kernel.jobs set state = 'running', attempts = jobs.attempts + 1, started_at = $3, key = null, error = null
       from unnest($1::bigint[], $2::uuid[]) as due (store_id, id)
       where jobs.store_id = due.store_id and jobs.id = due.id and jobs.state in ('waiting', 'running')
       returning jobs.store_id, jobs.id, jobs.payload, jobs.attempts, jobs.cancel_asked`,
      [ready.map(({ claim }) => claim.data.storeId), ready.map(({ claim }) => claim.id), clock.now()],
    );
    for (const { claim, job } of ready) if (claim.retryCount > 0) lost.add(1, { name: job.name });
    const started = new Map(rows.map((row) => [row.id, row]));
    const gone = ready.filter(({ claim }) => !started.has(claim.id));
    await queue.drop(gone.map(({ claim }) => claim)); // cancelled, or over before its process died
    for (const { claim, job, store } of ready) {
      const row = started.get(claim.id);
      if (row) follow(startAttempt({ ...deps, claim, row, job: unlessLost(job, row), store }));
    }
  }

  function follow(attempt: Attempt): void {
    const { id, data } = attempt.claim;
    const over = attempt.ended
      .then((ended) => settler.settle({ attempt, ...ended }))
      .catch((error) =>
        deps.log.error({ err: error, id }, 'the end of a job could not be written; it runs again'),
      )
      .finally(() => {
        // Another attempt of the same job may have begun here meanwhile.
        if (attempts.get(id)?.attempt === attempt) attempts.delete(id);
        deps.onFree(data);
      });
    attempts.set(id, { attempt, over });
  }

  return {
    fill,
    /** Tells the queue that these jobs are alive, and lets go of those that it gave to others. */
    async keep(): Promise<void> {
      if (attempts.size === 0) return;
      const all = [...attempts.values()].map(({ attempt }) => attempt);
      const held = await queue.keep(all.map(({ claim }) => claim));
      for (const attempt of all) {
        if (!held.has(attempt.claim.id) && attempts.has(attempt.claim.id)) attempt.abandon('elsewhere');
      }
    },
    cancel: async (id: string) => attempts.get(id)?.attempt.cancel(),
    /** Cancels those that were asked to end while nobody could be told. */
    async cancelAsked(): Promise<void> {
      const rows = await database.platform.query<{ id: string }>(
        `select id from kernel.jobs where id = any($1) and state = 'running' and cancel_asked`,
        [[...attempts.keys()]],
      );
      for (const { id } of rows) attempts.get(id)?.attempt.cancel();
    },
    /** Resolves when all that run now are over and written. @returns how many they were */
    async idle(): Promise<number> {
      const all = [...attempts.values()];
      await Promise.all(all.map(({ over }) => over));
      return all.length;
    },
    /** Asks all to end, waits `grace` ms, and then does without them: they run again elsewhere. */
    async stop(grace: number): Promise<void> {
      settler.close();
      const all = [...attempts.values()];
      for (const { attempt } of all) attempt.interrupt();
      const patience = setTimeout(() => {
        for (const { attempt } of all) attempt.abandon('interrupted');
      }, grace);
      await Promise.all(all.map(({ over }) => over));
      clearTimeout(patience);
    },
  };
}

/** A job that takes its process down with it may not do so for ever: the attempts that nobody ended count as well. */
function unlessLost(job: KnownJob, { attempts }: StartedRow): KnownJob {
  if (attempts <= job.retries + 1) return job;
  return {
    ...job,
    handler: () => {
      throw new jobErrors.KERNEL_ERR_JOB_LOST(attempts - 1);
    },
  };
}
