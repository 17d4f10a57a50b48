import type { KernelServices } from 'kontor/sdk';
import type { StoreContext } from '../context.ts';
import type { KernelDatabase, Tenancy } from '../parts.ts';
import { addToLines, lockLines } from './lines.ts';

const BATCH = 500; // events

/**
 * Turns new events into one delivery for each plugin that handles them and is on for the store, a batch at a time. One
 * node does so at a time, in the order of ids, so that an event never stands in line before an earlier one.
 */
export async function fanOut(input: {
  database: Pick<KernelDatabase, 'platform'>;
  tenancy: Pick<Tenancy, 'byId'>;
  clock: KernelServices['clock'];
  /** Events whose owners run here; others wait for a node where they do, as nobody would get them. */
  names: readonly string[];
  handlersOf: (event: string, store: StoreContext | undefined) => readonly string[];
}): Promise<void> {
  const { database, tenancy, clock, names, handlersOf } = input;
  const { platform } = database;
  type Fresh = { store_id: number; id: number; name: string; entity: string };
  const batch = () =>
    platform.transaction(async () => {
      await lockLines(database);
      const events = await platform.query<Fresh>(
        `select store_id, id, name, entity from kernel.events
         where not relayed and name = any($1) order by id limit ${BATCH}`,
        [names],
      );
      if (events.length === 0) return 0;
      const additions = [];
      for (const { store_id, id, name, entity } of events) {
        const store = await tenancy.byId(store_id);
        for (const plugin of handlersOf(name, store))
          additions.push({ store_id, event_id: id, plugin, entity });
      }
      await Promise.all([
        addToLines(database, { additions, now: clock.now(), again: false }),
        platform.query(
          `update kernel.events e set relayed = true from unnest($1::bigint[], $2::bigint[]) as r(store_id, id)
         where e.store_id = r.store_id and e.id = r.id`,
          [events.map((event) => event.store_id), events.map((event) => event.id)],
        ),
      ]);
      return events.length;
    });
  while ((await batch()) === BATCH);
}
