import type { KernelDatabase } from '../parts.ts';

/*
 * Deliveries of one (store, plugin, entity) make a line. Only the first that waits has a `next_at`; when it is done or
 * dead the next one gets one. Who adds to lines and who moves one up exclude each other by an advisory lock, shared by
 * those who move up, so that no line is left without a first.
 */
const LINES = 5_346_310; // first half of the lock's number; entities use numbers of 64 bits, which are apart from these

export type Addition = { store_id: number; event_id: number; plugin: string; entity: string };

/** Holds the lines still until the open transaction of the platform ends. */
export async function lockLines({ platform }: Pick<KernelDatabase, 'platform'>): Promise<void> {
  await platform.query('select pg_advisory_xact_lock($1, 0)', [LINES]);
}

/**
 * Puts deliveries at the end of their lines, in the open transaction of the platform, with the lines locked.
 *
 * @param additions - in the order of their events
 * @param again - puts those that are done or dead in line again
 * @returns how many were put in line
 */
export async function addToLines(
  { platform }: Pick<KernelDatabase, 'platform'>,
  { additions, now, again }: { additions: readonly Addition[]; now: Date; again: boolean },
): Promise<number> {
  if (additions.length === 0) return 0;
  const lines = await platform.query<Addition>(
    `select store_id, plugin, entity, min(event_id) as event_id from kernel.deliveries
     where state = 'waiting' and store_id = any($1) and entity = any($2) group by store_id, plugin, entity`,
    [additions.map((one) => one.store_id), additions.map((one) => one.entity)],
  );
  const firsts = new Map(lines.map((line) => [lineOf(line), line.event_id]));
  const rows = additions.map((one) => {
    const isFirst = one.event_id <= (firsts.get(lineOf(one)) ?? one.event_id);
    if (isFirst) firsts.set(lineOf(one), one.event_id);
    return { ...one, next_at: isFirst ? now : null };
  });
  const added = await platform.query(
    `insert into kernel.deliveries as d (store_id, event_id, plugin, entity, next_at)
     select store_id, event_id, plugin, entity, next_at from jsonb_to_recordset($1::jsonb)
       as r(store_id bigint, event_id bigint, plugin text, entity text, next_at timestamptz)
     on conflict (store_id, event_id, plugin) do update
       set state = 'waiting', attempts = 0, next_at = excluded.next_at, last_error = null, finished_at = null
       where $2 and d.state <> 'waiting'
     returning d.id`,
    [JSON.stringify(rows), again],
  );
  return added.length;
}

export type Finished = { storeId: number; id: number; plugin: string; entity: string; attempts: number };

/** Takes a delivery out of its line, unless somebody else has taken it meanwhile, and moves the next one up. In its store. */
export async function finish(
  database: KernelDatabase,
  { storeId, id, plugin, entity, attempts }: Finished,
  { state, error, now }: { state: 'done' | 'dead'; error: string | null; now: Date },
): Promise<void> {
  await database.transaction(async () => {
    await Promise.all([
      database.query('select pg_advisory_xact_lock_shared($1, 0)', [LINES]),
      database.query(
        `update kernel.deliveries set state = $4, last_error = $5, finished_at = $6, next_at = null
         where store_id = $1 and id = $2 and attempts = $3 and state = 'waiting'`,
        [storeId, id, attempts, state, error, now],
      ),
      database.query(
        `update kernel.deliveries set next_at = $4
         where store_id = $1 and next_at is null and id = (
           select id from kernel.deliveries
           where store_id = $1 and plugin = $2 and entity = $3 and state = 'waiting' order by event_id limit 1)`,
        [storeId, plugin, entity, now],
      ),
    ]);
  });
}

function lineOf({ store_id, plugin, entity }: Addition): string {
  return `${store_id} ${plugin} ${entity}`;
}
