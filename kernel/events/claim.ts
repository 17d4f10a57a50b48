import type { KernelDatabase } from '../parts.ts';

export type Claimed = {
  id: number;
  plugin: string;
  attempts: number;
  uuid: string;
  name: string;
  entity: string;
  payload: unknown;
  occurred_at: Date;
};

/** Stores that have something due, who has waited longest first. */
export async function dueStores(
  { platform }: Pick<KernelDatabase, 'platform'>,
  now: Date,
): Promise<number[]> {
  const rows = await platform.query<{ store_id: number }>(
    `select store_id from kernel.deliveries where state = 'waiting' and next_at <= $1
     group by store_id order by min(next_at) limit 100`,
    [now],
  );
  return rows.map((row) => row.store_id);
}

/**
 * Takes due deliveries of the current store. They are due again at `until`, so that those of a killed process come back;
 * the attempt's number tells who still holds one.
 */
export function claim(
  database: Pick<KernelDatabase, 'query'>,
  { storeId, now, until, count }: { storeId: number; now: Date; until: Date; count: number },
): Promise<Claimed[]> {
  // Materialized: the planner may otherwise run a part that locks rows more than once, and lock more than `count`.
  return database.query<Claimed>(
    `with due as materialized (
       select id from kernel.deliveries where store_id = $1 and state = 'waiting' and next_at <= $2
       order by next_at, event_id limit $4 for update skip locked)
     update kernel.deliveries d set next_at = $3, attempts = d.attempts + 1
     from due, kernel.events e
     where d.store_id = $1 and d.id = due.id and e.store_id = $1 and e.id = d.event_id
     returning d.id, d.plugin, d.attempts, e.uuid, e.name, e.entity, e.payload, e.occurred_at`,
    [storeId, now, until, count],
  );
}

/** Puts off what was claimed; its line waits with it. In its store. */
export async function putOff(
  database: Pick<KernelDatabase, 'query'>,
  storeId: number,
  { id, attempts }: Claimed,
  to: { at: Date; attempts: number; error: string | null },
): Promise<void> {
  await database.query(
    `update kernel.deliveries set next_at = $4, attempts = $5, last_error = $6
     where store_id = $1 and id = $2 and attempts = $3 and state = 'waiting'`,
    [storeId, id, attempts, to.at, to.attempts, to.error],
  );
}
