import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import { KontorError } from 'kontor/sdk';
import type { Ended } from './attempt.ts';
import { jobErrors } from './errors.ts';
import { inTurn, plain, type Core } from './parts.ts';

type Verdict = {
  state: 'done' | 'cancelled' | 'failed' | 'waiting';
  attempts: number;
  run_at?: Date;
  error?: string;
};
type Judged = Ended & { verdict: Verdict };

const TRY_AGAIN_AFTER = 1_000; // ms
const MOST_TRIES = 10; // by then the queue has given the job to another process
const LONGEST_PAUSE = 6 * 3_600_000; // ms between two attempts, however often it failed

/** Writes down what came of attempts, all that ended meanwhile in one statement. */
export function createSettler({ database, queue, clock, changes, metrics, log }: Core) {
  const finished = metrics.counter(
    'kontor_jobs_attempts_total',
    'Attempts of jobs by name and what came of them',
  );
  const pending = new Set<Judged>();
  const written = new WeakSet<Judged>(); // the queue may have failed after it
  const flush = inTurn(async () => {
    const batch = [...pending];
    if (batch.length > 0) await write(batch);
    for (const judged of batch) {
      pending.delete(judged);
      report(judged);
    }
  });

  async function write(batch: readonly Judged[]): Promise<void> {
    const again = batch.filter(({ verdict }) => verdict.state === 'waiting');
    const over = batch.filter(({ verdict }) => verdict.state !== 'waiting');
    // A job that runs again leaves the queue before its row says so, or it could be relayed in between and then lost. One
    // that is over leaves it after: a crash in between costs a look at its row, not a second run. One that another process
    // has by now keeps its place, which is that one's.
    await dropFromQueue(again.length > 0 ? await stillOurs(again) : again);
    const ids = new Set(await writeRows(batch));
    for (const judged of batch) if (ids.has(judged.row.id)) written.add(judged);
    await dropFromQueue(over.filter((judged) => written.has(judged)));
    for (const { row, said } of batch)
      if (said) await changes.announce({ topic: 'job', key: `${row.store_id}:${row.id}` });
  }

  const dropFromQueue = (batch: readonly Judged[]) => queue.drop(batch.map(({ claim }) => claim));

  async function stillOurs(batch: readonly Judged[]): Promise<Judged[]> {
    const rows = await database.platform.query<{ id: string; attempts: number }>(
      `select id, attempts from kernel.jobs where store_id = any($1) and id = any($2) and state = 'running'`,
      [batch.map(({ row }) => row.store_id), batch.map(({ row }) => row.id)],
    );
    return batch.filter(({ row }) => rows.some((one) => one.id === row.id && one.attempts === row.attempts));
  }

  /** @returns ids of those that were this process's to end */
  async function writeRows(batch: readonly Judged[]): Promise<string[]> {
    const rows = batch.map(({ row: { store_id, id, attempts }, said, verdict }) => ({
      ...verdict,
      ...said,
      store_id,
      id,
      attempt: attempts,
    }));
    const ended = await database.platform.query<{ id: string }>(
      `update kernel.jobs set
         state = case when ended.state = 'waiting' and jobs.cancel_asked then 'cancelled' else ended.state end,
         attempts = ended.attempts, run_at = coalesce(ended.run_at, jobs.run_at), error = ended.error,
         progress = case when ended.state = 'done' then 100 else coalesce(ended.percent, jobs.progress) end,
         message = coalesce(ended.message, jobs.message),
         relayed_at = case when ended.state = 'waiting' then null else jobs.relayed_at end,
         finished_at = case when ended.state = 'waiting' and not jobs.cancel_asked then null else $1::timestamptz end
       from jsonb_to_recordset($2::jsonb) as ended (store_id bigint, id uuid, attempt int, state text, attempts int,
         run_at timestamptz, error text, percent smallint, message text)
       where jobs.store_id = ended.store_id and jobs.id = ended.id and jobs.attempts = ended.attempt and jobs.state = 'running'
       returning jobs.id`,
      [clock.now(), JSON.stringify(rows)],
    );
    return ended.map(({ id }) => id);
  }

  function report({ claim, job, row, outcome, verdict }: Judged): void {
    const { name, storeId } = claim.data;
    finished.add(1, { name, state: verdict.state === 'waiting' ? 'again' : verdict.state });
    if (outcome === 'done' || verdict.error === undefined) return;
    const details = { plugin: job?.plugin, job: name, id: row.id, store: storeId, err: outcome.error };
    if (verdict.state === 'failed') log.error(details, `job failed for good after attempt ${row.attempts}`);
    else log.warn(details, `job failed at attempt ${row.attempts} and is tried again`);
  }

  /** Resolves when it is written; while the database is away it is tried again, as long as the job's lease could last. */
  return async function settle(ended: Ended): Promise<void> {
    if (ended.outcome !== 'done' && ended.outcome.error instanceof jobErrors.KERNEL_ERR_JOB_LEASE) return;
    const judged = { ...ended, verdict: judge(ended, clock.now()) };
    pending.add(judged);
    for (let tries = 1; pending.has(judged); tries += 1) {
      await flush().catch(async (error) => {
        if (tries === MOST_TRIES) pending.delete(judged);
        log.error({ err: error, id: ended.row.id }, 'the end of a job could not be written yet');
        await pause(TRY_AGAIN_AFTER);
      });
    }
  };
}

/** What becomes of a job after an attempt. */
function judge({ job, row: { attempts }, outcome }: Ended, now: Date): Verdict {
  if (outcome === 'done') return { state: 'done', attempts };
  if (outcome.error instanceof jobErrors.KERNEL_ERR_JOB_CANCELLED) return { state: 'cancelled', attempts };
  if (!job || outcome.error instanceof jobErrors.KERNEL_ERR_JOB_STOPPED)
    return { state: 'waiting', attempts: attempts - 1, run_at: now };
  const error = told(outcome.error);
  if (attempts > job.retries) return { state: 'failed', attempts, error };
  const wait = Math.min(job.retryDelay * 1_000 * 2 ** (attempts - 1), LONGEST_PAUSE);
  return { state: 'waiting', attempts, run_at: new Date(now.getTime() + wait), error };
}

function told(error: unknown): string {
  if (error instanceof KontorError) return plain(`${error.code}: ${error.message}`);
  if (error instanceof Error) return plain(error.message);
  return plain(typeof error === 'string' ? error : inspect(error));
}
