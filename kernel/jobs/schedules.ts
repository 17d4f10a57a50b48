import { createHash } from 'node:crypto';
import type { KernelServices } from 'kontor/sdk';
import type { KernelDatabase, KernelLog, Tenancy } from '../parts.ts';
import type { KnownJob, KnownJobs } from './definitions.ts';
import type { Queue } from './queue.ts';
import { mayRun } from './relay.ts';

type Due = { job: KnownJob; timeZone: string; at: Date };

const MINUTE = 60_000;
const KEY = 'schedule'; // one waiting run of a job in a store is enough, however late it is

/**
 * Writes the jobs of schedules when their time has come, by the clocks of each store. Every node does so: the id of a run
 * is made of store, job and minute, so that the first one counts.
 */
export function createSchedules({
  database,
  queue,
  clock,
  tenancy,
  known,
  log,
}: {
  database: KernelDatabase;
  queue: Queue;
  clock: KernelServices['clock'];
  tenancy: Pick<Tenancy, 'byId'>;
  known: () => KnownJobs;
  log: KernelLog;
}) {
  // The minute of the start is looked at too: the node before may have stopped just before it.
  let since = new Date(clock.now().getTime() - MINUTE);

  /** @returns how many jobs were written */
  async function tick(): Promise<number> {
    const now = clock.now();
    if (now.getTime() - since.getTime() < MINUTE) return 0;
    const scheduled = [...known().values()].filter(({ schedule }) => schedule);
    const due = scheduled.length > 0 ? dueNow(scheduled, await timeZones(), now) : [];
    let written = 0;
    for (const one of due) written += await write(one, now);
    since = new Date(Math.floor(now.getTime() / MINUTE) * MINUTE);
    return written;
  }

  async function timeZones(): Promise<string[]> {
    const rows = await database.platform.query<{ time_zone: string }>(
      `select distinct time_zone from kernel.stores where state <> 'closed'`,
    );
    return rows.map(({ time_zone }) => time_zone);
  }

  function dueNow(jobs: readonly KnownJob[], zones: readonly string[], now: Date): Due[] {
    return jobs.flatMap((job) =>
      zones.flatMap((timeZone) => {
        const at = nextTime(job.schedule!.cron, timeZone);
        return at && at <= now ? [{ job, timeZone, at }] : [];
      }),
    );
  }

  function nextTime(cron: string, timeZone: string): Date | undefined {
    try {
      return queue.nextTime(cron, { timeZone, from: since });
    } catch (error) {
      // One store with a time zone that is none may not cost the others their schedules.
      log.error({ err: error, timeZone }, 'the schedules of a time zone could not be read');
      return undefined;
    }
  }

  async function write({ job, timeZone, at }: Due, now: Date): Promise<number> {
    const stores = await storesWith(job, timeZone);
    const rows = await database.platform.query(
      `insert into kernel.jobs (store_id, id, name, plugin, payload, key, run_at, actor, created_at)
       select store.id, store.run, $3, $4, $5::jsonb, $6, $7, $8::jsonb, $9
       from unnest($1::bigint[], $2::uuid[]) as store (id, run)
       on conflict do nothing returning id`,
      [
        stores,
        stores.map((storeId) => runId(storeId, job.name, at)),
        job.name,
        job.plugin,
        JSON.stringify(job.schedule!.payload),
        KEY,
        at,
        JSON.stringify({ kind: 'system', reason: 'schedule' }),
        now,
      ],
    );
    return rows.length;
  }

  async function storesWith(job: KnownJob, timeZone: string): Promise<number[]> {
    const rows = await database.platform.query<{ id: number }>(
      `select id from kernel.stores where state <> 'closed' and time_zone = $1`,
      [timeZone],
    );
    const stores: number[] = [];
    for (const { id } of rows) if (mayRun(job, await tenancy.byId(id))) stores.push(id);
    return stores;
  }

  return { tick };
}

function runId(storeId: number, name: string, at: Date): string {
  const hex = createHash('sha256').update(`${storeId} ${name} ${at.toISOString()}`).digest('hex');
  // The form of a version 8 uuid: made by its user, in this case of a hash.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
