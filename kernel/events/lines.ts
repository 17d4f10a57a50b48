import { current } from '../context.ts';
import type { Hooks } from '../hooks/compile.ts';
import type { HooksInput } from '../hooks/input.ts';

/*
 * Deliveries of one (store, plugin, entity) make a line. Only the first that waits has a `next_at`; when it is done or
 * dead the next one gets one. Who adds to lines and who moves one up exclude each other by an advisory lock, shared by
 * those who move up, so that no line is left without a first.
 */
const LINES = 5_346_310; // first half of the lock's number; entities use numbers of 64 bits, which are apart from these

export type EventsInput = HooksInput & { hooks: () => Hooks };
export type Addition = { store_id: number; event_id: number; plugin: string; entity: string };
export type EventRow = { store_id: number; id: number; name: string; entity: string };

/** One delivery for each plugin that handles an event and is on for its store. */
export async function additionsFor(
  { tenancy, hooks }: EventsInput,
  events: readonly EventRow[],
): Promise<Addition[]> {
  const additions: Addition[] = [];
  for (const { store_id, id, name, entity } of events) {
    const store = await tenancy.byId(store_id);
    for (const { plugin } of hooks().event.get(name)?.handlers ?? []) {
      if (store?.gate.plugins.has(plugin)) additions.push({ store_id, event_id: id, plugin, entity });
    }
  }
  return additions;
}

/**
 * Puts deliveries at the end of their lines; those that are done or dead come in line again.
 *
 * @param find - called with the lines held still until the transaction of the platform ends
 * @returns how many were put in line
 */
export async function addToLines(
  { database, clock }: EventsInput,
  find: () => Promise<readonly Addition[]>,
): Promise<number> {
  const { platform } = database;
  return platform.transaction(async () => {
    await platform.query('select pg_advisory_xact_lock($1, 0)', [LINES]);
    const additions = await find();
    if (additions.length === 0) return 0;
    const added = await platform.query(
      `with line as materialized (
         select store_id, plugin, entity, min(event_id) as first from kernel.deliveries
         where state = 'waiting' and store_id = any($2) and entity = any($3) group by store_id, plugin, entity)
       insert into kernel.deliveries as d (store_id, event_id, plugin, entity, next_at)
       select store_id, event_id, plugin, entity,
         case when event_id = least(first, min(event_id) over (partition by store_id, plugin, entity)) then $4::timestamptz end
       from jsonb_to_recordset($1::jsonb) as r(store_id bigint, event_id bigint, plugin text, entity text)
         left join line using (store_id, plugin, entity)
       on conflict (store_id, event_id, plugin) do update
         set state = 'waiting', attempts = 0, next_at = excluded.next_at, last_error = null, finished_at = null
         where d.state <> 'waiting'
       returning d.id`,
      [
        JSON.stringify(additions),
        additions.map((one) => one.store_id),
        additions.map((one) => one.entity),
        clock.now(),
      ],
    );
    return added.length;
  });
}

export type Delivery = { id: number; plugin: string; entity: string; attempts: number };
/** A waiting one has a `nextAt`. */
export type Outcome = {
  state: 'waiting' | 'done' | 'dead';
  nextAt?: Date;
  attempts?: number;
  error?: string;
};

/**
 * Notes what came of a delivery, unless somebody else has taken it meanwhile: it waits for its next attempt and its line
 * with it, or it leaves its line and the next one moves up. In its store.
 */
export async function settle(
  { database, clock }: EventsInput,
  { id, plugin, entity, attempts }: Delivery,
  { state, nextAt, attempts: counted = attempts, error }: Outcome,
): Promise<void> {
  const storeId = current().store?.ref.id;
  const now = clock.now();
  await database.transaction(() =>
    Promise.all([
      database.query('select pg_advisory_xact_lock_shared($1, 0)', [LINES]),
      database.query(
        `update kernel.deliveries set state = $4, next_at = $5, attempts = $6, last_error = $7, finished_at = $8
         where store_id = $1 and id = $2 and attempts = $3 and state = 'waiting'`,
        [storeId, id, attempts, state, nextAt ?? null, counted, error ?? null, nextAt ? null : now],
      ),
      database.query(
        `update kernel.deliveries set next_at = $4
         where store_id = $1 and next_at is null and id = (
           select id from kernel.deliveries
           where store_id = $1 and plugin = $2 and entity = $3 and state = 'waiting' order by event_id limit 1)`,
        [storeId, plugin, entity, now],
      ),
    ]),
  );
}
