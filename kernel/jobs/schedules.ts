import { mayRun, type Core } from './parts.ts';

type Run = { store_id: number; name: string; plugin: string; payload: unknown; run_at: Date };

const MINUTE = 60_000;
const KEY = 'schedule'; // one waiting run of a job in a store is enough, however late it is

/**
 * Writes the jobs of schedules when their time has come, by the clocks of each store. Every node does so: the id of a run
 * is made of store, job and minute, so that the first one counts.
 *
 * @returns what does it, and answers how many jobs were written
 */
export function createSchedules({ database, queue, clock, tenancy, known, log }: Core) {
  // The minute of the start is looked at too: the node before may have stopped just before it.
  let since = new Date(clock.now().getTime() - MINUTE);

  async function tick(): Promise<number> {
    const now = clock.now();
    if (now.getTime() - since.getTime() < MINUTE) return 0;
    const jobs = [...known().values()].filter(({ schedule }) => schedule);
    const runs: Run[] = [];
    const zones = jobs.length > 0 ? await timeZones() : [];
    for (const job of jobs)
      for (const { timeZone, stores } of zones) {
        const { name, plugin, schedule } = job;
        const at = nextTime(schedule!.cron, timeZone);
        for (const id of at && at <= now ? stores : [])
          if (mayRun(job, await tenancy.byId(id)))
            runs.push({ store_id: id, name, plugin, payload: schedule!.payload, run_at: at! });
      }
    const written = runs.length > 0 ? await write(runs, now) : 0;
    since = new Date(Math.floor(now.getTime() / MINUTE) * MINUTE);
    return written;
  }

  function timeZones(): Promise<{ timeZone: string; stores: number[] }[]> {
    return database.platform.query(
      `select time_zone as "timeZone", json_agg(id) as stores from kernel.stores where state <> 'closed' group by time_zone`,
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

  async function write(runs: readonly Run[], now: Date): Promise<number> {
    const rows = await database.platform.query(
      `insert into kernel.jobs (store_id, id, name, plugin, payload, key, run_at, created_at)
       select store_id, md5('run ' || store_id || ' ' || name || ' ' || run_at)::uuid, name, plugin, payload, $2,
         run_at::timestamptz, $3
       from jsonb_to_recordset($1::jsonb) as run (store_id bigint, name text, plugin text, payload jsonb, run_at text)
       on conflict do nothing returning id`,
      [JSON.stringify(runs), KEY, now],
    );
    return rows.length;
  }

  return tick;
}
