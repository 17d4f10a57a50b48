import type { Core } from './parts.ts';

const DAY = 86_400_000; // ms
const KEEP_DONE = 30 * DAY;
const KEEP_FAILED = 180 * DAY; // dead letters are looked at late

/** Work around jobs: figures for alerts, and rows that nobody looks at any more. */
export function createUpkeep({ database: { platform }, clock, metrics }: Core) {
  const waiting = metrics.gauge('kontor_jobs_due', 'Jobs that are due and do not run yet');
  const age = metrics.gauge(
    'kontor_jobs_oldest_seconds',
    'Seconds since the oldest job that does not run yet was due',
  );
  const failed = metrics.gauge('kontor_jobs_failed', 'Jobs that failed for good and were not tried again');

  return {
    async figures(): Promise<void> {
      const [row] = await platform.query<{ due: number; oldest: Date | null; failed: number }>(
        `select count(*) filter (where state = 'waiting' and run_at <= $1)::int as due,
           min(run_at) filter (where state = 'waiting') as oldest, count(*) filter (where state = 'failed')::int as failed
         from kernel.jobs where state in ('waiting', 'failed')`,
        [clock.now()],
      );
      waiting.set(row!.due);
      age.set(row!.oldest ? Math.max(0, (clock.now().getTime() - row!.oldest.getTime()) / 1_000) : 0);
      failed.set(row!.failed);
    },
    async sweep(): Promise<void> {
      const now = clock.now().getTime();
      await platform.query(
        `delete from kernel.jobs
         where (state in ('done', 'cancelled') and finished_at < $1) or (state = 'failed' and finished_at < $2)`,
        [new Date(now - KEEP_DONE), new Date(now - KEEP_FAILED)],
      );
    },
  };
}
