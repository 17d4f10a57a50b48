import { setTimeout as pause } from 'node:timers/promises';
import { KontorError, type KernelServices } from 'kontor/sdk';
import type { Changes, KernelDatabase, KernelLog } from '../parts.ts';
import type { Attempt, Outcome } from './attempt.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Progress } from './progress.ts';
import type { Queue } from './queue.ts';

type Ended = { attempt: Attempt; outcome: Outcome; progress: Progress | undefined };
type Verdict = {
  state: 'done' | 'cancelled' | 'failed' | 'waiting';
  attempts: number;
  run_at?: Date;
  error?: string;
};
type Judged = Ended & { verdict: Verdict };

const TRY_AGAIN_AFTER = 1_000; // ms
const MOST_LETTERS = 4_000; // of an error; the log has all of it
const LONGEST_PAUSE = 6 * 3_600_000; // ms between two attempts, however often it failed

/** Writes down what came of attempts, all that ended meanwhile in one statement. */
export function createSettler(deps: {
  database: KernelDatabase;
  queue: Queue;
  clock: KernelServices['clock'];
  changes: Changes;
  metrics: KernelServices['metrics'];
  log: KernelLog;
}) {
  const { database, queue, clock, changes, log } = deps;
  const finished = deps.metrics.counter(
    'kontor_jobs_attempts_total',
    'Attempts of jobs by name and what came of them',
  );
  let pending: Ended[] = [];
  let isClosed = false;

  const flush = oneAtATime(async () => {
    const batch = pending;
    pending = [];
    try {
      if (batch.length > 0)
        await write(batch.map((ended) => ({ ...ended, verdict: judge(ended, clock.now()) })));
    } catch (error) {
      pending = [...batch, ...pending];
      throw error;
    }
  });

  async function write(batch: readonly Judged[]): Promise<void> {
    const ours = batch.filter(({ outcome }) => outcome !== 'elsewhere');
    const again = ours.filter(({ verdict }) => verdict.state === 'waiting');
    const over = ours.filter(({ verdict }) => verdict.state !== 'waiting');
    // A job that runs again leaves the queue before its row says so, or it could be relayed in between and then lost. One
    // that is over leaves it after: a crash in between costs a look at its row, not a second run.
    await queue.drop(again.map(({ attempt }) => attempt.claim));
    await writeRows(ours);
    await queue.drop(over.map(({ attempt }) => attempt.claim));
    for (const ended of ours) report(ended);
    await Promise.all(
      ours
        .filter(({ progress }) => progress !== undefined)
        .map(({ attempt: { row } }) => changes.announce({ topic: 'job', key: `${row.store_id}:${row.id}` })),
    );
  }

  async function writeRows(batch: readonly Judged[]): Promise<void> {
    const rows = batch.map(({ attempt: { row }, verdict, progress }) => ({
      ...verdict,
      ...progress,
      store_id: row.store_id,
      id: row.id,
      attempt: row.attempts,
    }));
    await database.platform.query(
      `update kernel.jobs set
         state = case when ended.state = 'waiting' and jobs.cancel_asked then 'cancelled' else ended.state end,
         attempts = ended.attempts, run_at = coalesce(ended.run_at, jobs.run_at), error = ended.error,
         progress = case when ended.state = 'done' then 100 else coalesce(ended.percent, jobs.progress) end,
         message = coalesce(ended.message, jobs.message),
         relayed_at = case when ended.state = 'waiting' then null else jobs.relayed_at end,
         finished_at = case when ended.state = 'waiting' and not jobs.cancel_asked then null else $1::timestamptz end
       from jsonb_to_recordset($2::jsonb) as ended (store_id bigint, id uuid, attempt int, state text, attempts int,
         run_at timestamptz, error text, percent smallint, message text)
       where jobs.store_id = ended.store_id and jobs.id = ended.id and jobs.attempts = ended.attempt and jobs.state = 'running'`,
      [clock.now(), JSON.stringify(rows)],
    );
  }

  function report({ attempt: { job, row }, outcome, verdict }: Judged): void {
    finished.add(1, { name: job.name, state: verdict.state === 'waiting' ? 'again' : verdict.state });
    if (typeof outcome !== 'object') return;
    const { id, store_id: store } = row;
    const details = { plugin: job.plugin, job: job.name, id, store, err: outcome.error };
    if (verdict.state === 'failed') log.error(details, `job failed for good after attempt ${row.attempts}`);
    else log.warn(details, `job failed at attempt ${row.attempts} and is tried again`);
  }

  return {
    /** Resolves when it is written. While the database is away it is tried again; the job's lease is kept up meanwhile. */
    async settle(ended: Ended): Promise<void> {
      pending.push(ended);
      for (;;) {
        try {
          return await flush();
        } catch (error) {
          if (isClosed) throw error;
          log.error({ err: error }, 'the end of jobs could not be written yet');
          await pause(TRY_AGAIN_AFTER);
        }
      }
    },
    /** From now on one try is enough: what cannot be written runs again elsewhere. */
    close(): void {
      isClosed = true;
    },
  };
}

/** What becomes of a job after an attempt. */
function judge({ attempt: { job, row }, outcome }: Ended, now: Date): Verdict {
  const { attempts } = row;
  if (outcome === 'done' || outcome === 'cancelled') return { state: outcome, attempts };
  if (typeof outcome !== 'object') return { state: 'waiting', attempts: attempts - 1, run_at: now };
  const error = told(outcome.error);
  if (attempts > job.retries) return { state: 'failed', attempts, error };
  const wait = Math.min(job.retryDelay * 1_000 * 2 ** (attempts - 1), LONGEST_PAUSE);
  return { state: 'waiting', attempts, run_at: new Date(now.getTime() + wait), error };
}

/** In a form that PostgreSQL keeps: it knows no zero byte. */
function told(error: unknown): string {
  const { code, message = String(error) } = (error ?? {}) as { code?: unknown; message?: string };
  const text = error instanceof KontorError ? `${code}: ${message}` : message;
  return text.replaceAll('\0', '').slice(0, MOST_LETTERS);
}
