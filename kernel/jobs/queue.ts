import { PgBoss } from 'pg-boss';
import type { ConnectionTarget, KernelLog } from '../parts.ts';
import type { Lane } from './parts.ts';

/* All that is known of pg-boss. It holds only what may run now, so that it stays small: the rows of kernel.jobs are the record. */

/** A job that a process has taken from the queue; `retryCount` counts processes that died with it. */
export type Claim = { readonly id: string; readonly retryCount: number; readonly data: Lane };
export type Queue = ReturnType<typeof createQueue>;

const QUEUE = 'kontor';
const DAY = 86_400; // s
const TERMS = {
  // A process that says nothing for so long is taken to be dead; the shortest that pg-boss knows.
  heartbeatSeconds: 10,
  // How often a job may lose its process is counted in its row.
  retryLimit: 1_000,
  retryDelay: 0,
  expireInSeconds: DAY,
  retentionSeconds: 30 * DAY, // the relay puts back what was dropped
};

export function createQueue({ target, log }: { target: ConnectionTarget; log: KernelLog }) {
  const boss = new PgBoss({
    ...target,
    schema: 'pgboss',
    createSchema: false, // its role owns the schema, and may not make one
    max: 3,
    application_name: 'kontor-jobs',
    // Looked after in `supervise`; schedules are ours, as they follow each store's time zone.
    supervise: false,
    schedule: false,
    monitorIntervalSeconds: 5,
    flowIntervalSeconds: DAY, // not used; the default asks the database every 5 s
    registerInstance: false,
    reindex: false, // rows come and go within seconds
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.error({ err: error }, 'the job queue met an error'));
  boss.on('warning', ({ message }) => log.debug({ queue: QUEUE }, message));
  let opening: Promise<void> | undefined;

  return {
    /** Connects, and makes the queue's tables when they are not there. */
    async open(): Promise<void> {
      opening ??= boss.start().then(() => boss.createQueue(QUEUE));
      await opening.catch((error) => {
        opening = undefined;
        throw error;
      });
    },
    /** One already there stays as it is: adding twice is adding once. Higher priority goes first. */
    async add(jobs: readonly { id: string; priority: number; data: Lane }[]): Promise<void> {
      if (jobs.length > 0)
        await boss.insert(
          QUEUE,
          jobs.map((job) => ({ ...job, ...TERMS })),
        );
    },
    /** Whatever is here may run now, whichever way a clock has been set since. */
    take: (count: number): Promise<Claim[]> =>
      boss.fetch<Lane>(QUEUE, { batchSize: count, ignoreStartAfter: true }),
    /** Says that this process is alive. @returns ids it still holds; the others went to another process */
    async keep(claims: readonly Claim[]): Promise<Set<string>> {
      const answer = (await boss.touch(QUEUE, [...claims])) as { settled?: string[] };
      return new Set(answer.settled ?? claims.map(({ id }) => id));
    },
    async drop(claims: readonly Claim[]): Promise<void> {
      if (claims.length > 0) await boss.deleteJob(QUEUE, [...claims]);
    },
    /** Gives jobs of dead processes to others. */
    supervise: () => boss.supervise(QUEUE),
    /** The first moment after `from` that a cron expression means, by the clocks of a time zone. */
    nextTime(cron: string, { timeZone, from }: { timeZone: string; from: Date }): Date | undefined {
      return boss.previewSchedule(cron, { tz: timeZone, from, count: 1 })[0];
    },
    async close(): Promise<void> {
      if (!opening) return;
      await opening.catch(() => undefined);
      await boss.stop({ graceful: false });
      opening = undefined;
    },
  };
}
