import { mayRun, type Core, type Lane } from './parts.ts';

type Picked = { id: string; storeId: number; name: string; place: number };

const ONE_RELAY = 0x6b6a6f62; // advisory lock: of all nodes one relays at a time, so that counting is exact
const LEFT_BEHIND = 60_000; // ms after which a relayed job is looked for in the queue again

/**
 * Moves due jobs from their rows into the queue. All fairness happens here: of a store and name no more than `perStore`
 * are ever in the queue or running, so that 10,000 waiting jobs of one store stand in nobody's way.
 */
export function createRelay({ database: { platform }, queue, clock, tenancy, known }: Core) {
  /** @param lanes - where to look; everywhere when left out. @returns how many were moved */
  async function relay(lanes?: readonly Lane[]): Promise<number> {
    return platform.transaction(async () => {
      await platform.query('select pg_advisory_xact_lock($1)', [ONE_RELAY]);
      const open = await openLanes(lanes ?? (await waitingLanes()));
      if (open.length === 0) return 0;
      const picked = await pick(open);
      // In the queue before the commit: a crash here leaves rows that are relayed again under the same ids.
      await queue.add(picked.map(queued));
      return picked.length;
    });
  }

  async function waitingLanes(): Promise<Lane[]> {
    return platform.query<Lane>(
      `select store_id as "storeId", name from kernel.jobs
       where state = 'waiting' and relayed_at is null and run_at <= $1 and name = any($2)
       group by store_id, name`,
      [clock.now(), [...known().keys()]],
    );
  }

  async function openLanes(lanes: readonly Lane[]): Promise<(Lane & { room: number })[]> {
    const open: (Lane & { room: number })[] = [];
    for (const { storeId, name } of lanes) {
      const job = known().get(name);
      if (job && mayRun(job, await tenancy.byId(storeId))) open.push({ storeId, name, room: job.perStore });
    }
    return open;
  }

  async function pick(lanes: readonly (Lane & { room: number })[]): Promise<Picked[]> {
    return platform.query<Picked>(
      `update kernel.jobs set relayed_at = $2
       from (
         select lane."storeId", due.id, due.place
         from jsonb_to_recordset($1::jsonb) as lane ("storeId" bigint, name text, room int)
         cross join lateral (
           select count(*)::int as busy from kernel.jobs
           where store_id = lane."storeId" and jobs.name = lane.name
             and (state = 'running' or (state = 'waiting' and relayed_at is not null))
         ) as under_way
         cross join lateral (
           select id, under_way.busy + row_number() over (order by run_at, created_at)::int as place
           from kernel.jobs
           where store_id = lane."storeId" and jobs.name = lane.name
             and state = 'waiting' and relayed_at is null and run_at <= $2
           order by run_at, created_at
           limit greatest(0, lane.room - under_way.busy)
         ) as due
       ) as picked
       where jobs.store_id = picked."storeId" and jobs.id = picked.id and jobs.state = 'waiting'
       returning jobs.id, jobs.store_id as "storeId", jobs.name, picked.place`,
      [JSON.stringify(lanes), clock.now()],
    );
  }

  /** Puts back into the queue what a crash between two commits, or a restored backup, has lost from it. */
  async function repair(): Promise<void> {
    const rows = await platform.query<Picked>(
      `select id, store_id as "storeId", name, 1 as place from kernel.jobs
       where (state = 'running' or (state = 'waiting' and relayed_at is not null)) and relayed_at < $1`,
      [new Date(clock.now().getTime() - LEFT_BEHIND)],
    );
    await queue.add(rows.map(queued));
  }

  return { relay, repair };
}

function queued({ id, storeId, name, place }: Picked) {
  // A store's first job goes before another store's second, whoever sent it earlier.
  return { id, priority: -place, data: { storeId, name } };
}
