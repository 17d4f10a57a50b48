import type { KernelServices } from 'kontor/sdk';
import type { HooksPart, KernelDatabase, Row, Tenancy } from '../parts.ts';
import { addToLines, lockLines, type Addition } from './lines.ts';
import type { Relay } from './relay.ts';

const BATCH = 1000; // rows
const KEPT_FOR = 30 * 24 * 3600 * 1000; // ms

/** What an admin does about deliveries: see dead letters, make them again, drop what is old. */
export function createAdmin(deps: {
  database: Pick<KernelDatabase, 'platform'>;
  tenancy: Pick<Tenancy, 'byId'>;
  clock: KernelServices['clock'];
  relay: Pick<Relay, 'handlersOf' | 'notify'>;
}): Omit<HooksPart['admin'], 'order'> {
  const { database, tenancy, clock, relay } = deps;
  const { platform } = database;

  return {
    deadLetters: ({ limit = 100 } = {}) =>
      platform.query<Row>(
        `select d.store_id, d.id, d.plugin, d.attempts, d.last_error, d.finished_at, e.uuid, e.name, e.entity, e.occurred_at
         from kernel.deliveries d join kernel.events e on e.store_id = d.store_id and e.id = d.event_id
         where d.state = 'dead' order by d.finished_at desc limit $1`,
        [limit],
      ),

    async retryDelivery(storeId, id) {
      const count = await again(async () =>
        platform.query<Addition>(
          `select store_id, event_id, plugin, entity from kernel.deliveries where store_id = $1 and id = $2 and state = 'dead'`,
          [storeId, id],
        ),
      );
      if (count > 0) relay.notify(storeId);
      return count > 0;
    },

    async replay({ storeId, from, to, plugin, name }) {
      const store = await tenancy.byId(storeId);
      let [count, last] = [0, 0];
      for (let isMore = true; isMore; ) {
        count += await again(async () => {
          const events = await platform.query<{ id: number; name: string; entity: string }>(
            `select id, name, entity from kernel.events
             where store_id = $1 and id > $2 and relayed and occurred_at >= $3 and occurred_at < $4 and ($5::text is null or name = $5)
             order by id limit ${BATCH}`,
            [storeId, last, from, to, name ?? null],
          );
          isMore = events.length === BATCH;
          last = events.at(-1)?.id ?? last;
          return events.flatMap((event) =>
            relay
              .handlersOf(event.name, store)
              .filter((id) => plugin === undefined || id === plugin)
              .map((id) => ({ store_id: storeId, event_id: event.id, plugin: id, entity: event.entity })),
          );
        });
      }
      if (count > 0) relay.notify(storeId);
      return count;
    },

    async tidy() {
      const before = new Date(clock.now().getTime() - KEPT_FOR);
      for (let dropped = 0; ; ) {
        const gone = await platform.query(
          `with old as materialized (
             select e.store_id, e.id from kernel.events e where e.relayed and e.occurred_at < $1 and not exists (
               select 1 from kernel.deliveries d where d.store_id = e.store_id and d.event_id = e.id and d.state <> 'done')
             limit ${BATCH})
           delete from kernel.events e using old where e.store_id = old.store_id and e.id = old.id returning e.id`,
          [before],
        );
        dropped += gone.length;
        if (gone.length < BATCH) return dropped;
      }
    },
  };

  function again(find: () => Promise<Addition[]>): Promise<number> {
    return platform.transaction(async () => {
      await lockLines(database);
      return addToLines(database, { additions: await find(), now: clock.now(), again: true });
    });
  }
}
