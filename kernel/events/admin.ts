import type { EventAdmin } from 'kontor/sdk';
import { addToLines, additionsFor, type Addition, type EventRow, type EventsInput } from './lines.ts';

const BATCH = 1000; // rows
const KEPT_FOR = 30 * 24 * 3600 * 1000; // ms

/** What an admin does about deliveries: see dead letters, make them again, drop what is old. */
export function createAdmin(deps: EventsInput, notify: () => void): Omit<EventAdmin, 'order'> {
  const { clock } = deps;
  const { platform } = deps.database;

  return {
    deadLetters: ({ limit = 100 } = {}) =>
      platform.query(
        `select d.store_id, d.id, d.plugin, d.attempts, d.last_error, d.finished_at, e.uuid, e.name, e.entity, e.occurred_at
         from kernel.deliveries d join kernel.events e on e.store_id = d.store_id and e.id = d.event_id
         where d.state = 'dead' order by d.finished_at desc limit $1`,
        [limit],
      ),

    async retryDelivery(storeId, id) {
      const count = await addToLines(deps, () =>
        platform.query<Addition>(
          `select store_id, event_id, plugin, entity from kernel.deliveries where store_id = $1 and id = $2 and state = 'dead'`,
          [storeId, id],
        ),
      );
      if (count > 0) notify();
      return count > 0;
    },

    async replay({ storeId, from, to, plugin, name }) {
      let count = 0;
      let events: EventRow[] = [];
      do {
        const last = events.at(-1)?.id ?? 0;
        count += await addToLines(deps, async () => {
          events = await platform.query<EventRow>(
            `select store_id, id, name, entity from kernel.events
             where store_id = $1 and id > $2 and relayed and occurred_at >= $3 and occurred_at < $4 and ($5::text is null or name = $5)
             order by id limit ${BATCH}`,
            [storeId, last, from, to, name ?? null],
          );
          const additions = await additionsFor(deps, events);
          return additions.filter((one) => plugin === undefined || one.plugin === plugin);
        });
      } while (events.length === BATCH);
      if (count > 0) notify();
      return count;
    },

    async tidy() {
      const before = new Date(clock.now().getTime() - KEPT_FOR);
      let gone: unknown[] = [];
      let dropped = 0;
      do {
        gone = await platform.query(
          `with old as materialized (
             select e.store_id, e.id from kernel.events e where e.relayed and e.occurred_at < $1 and not exists (
               select 1 from kernel.deliveries d where d.store_id = e.store_id and d.event_id = e.id and d.state <> 'done')
             limit ${BATCH})
           delete from kernel.events e using old where e.store_id = old.store_id and e.id = old.id returning e.id`,
          [before],
        );
        dropped += gone.length;
      } while (gone.length === BATCH);
      return dropped;
    },
  };
}
