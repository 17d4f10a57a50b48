import type { KernelServices } from 'kontor/sdk';
import { current } from '../context.ts';
import { hookFor } from '../hooks/compile.ts';
import { errors } from '../tenancy/errors.ts';
import type { EventsInput } from './lines.ts';

// Entities that share a number of 64 bits by chance wait for each other needlessly, and no more.
const LINE_UP = 'select pg_advisory_xact_lock(hashtextextended($1, $2))';
const EMIT = `insert into kernel.events (store_id, uuid, plugin, name, entity, payload, occurred_at)
  values ($1, $2, $3, $4, $5, $6, $7)`;

/**
 * Makes the function that writes an event in the open transaction of the current store.
 *
 * Ids are not given in the order of commits. So who emits about an entity holds its lock until the commit: of two
 * transactions about one entity, the second gets its id when the first is over, and ids of one entity are in commit order.
 */
export function createEmit(
  { database, clock, random, hooks }: EventsInput,
  committed: () => void,
): KernelServices['events']['emit'] {
  return async (name: string, payload: unknown, { entity }: { entity: string }): Promise<void> => {
    const { owner } = hookFor(hooks(), 'event', name, payload);
    const store = current().store;
    if (!store) throw new errors.KERNEL_ERR_NO_STORE();
    const storeId = store.ref.id;
    const values = [storeId, random.uuid(), owner, name, entity, JSON.stringify(payload), clock.now()];
    await database.transaction(async () => {
      await Promise.all([
        database.read('line-up', LINE_UP, [`event ${entity}`, storeId]),
        database.read('emit', EMIT, values),
      ]);
      database.afterCommit(committed);
    });
  };
}
