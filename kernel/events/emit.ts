import { createHash } from 'node:crypto';
import type { KernelServices } from 'kontor/sdk';
import { current } from '../context.ts';
import type { KernelDatabase } from '../parts.ts';
import { errors } from '../tenancy/errors.ts';

/**
 * Writes an event in the open transaction of the current store.
 *
 * Ids are not given in the order of commits. So who emits about an entity holds its lock until the commit: of two
 * transactions about one entity, the second gets its id when the first is over, and ids of one entity are in commit order.
 */
export async function writeEvent(
  deps: { database: KernelDatabase; clock: KernelServices['clock']; random: KernelServices['random'] },
  event: {
    plugin: string;
    name: string;
    entity: string;
    payload: unknown;
    committed: (storeId: number) => void;
  },
): Promise<void> {
  const { database, clock, random } = deps;
  const store = current().store;
  if (!store) throw new errors.KERNEL_ERR_NO_STORE();
  await database.transaction(async () => {
    const values = [
      store.ref.id,
      random.uuid(),
      event.plugin,
      event.name,
      event.entity,
      JSON.stringify(event.payload),
      clock.now(),
    ];
    await Promise.all([
      database.query('select pg_advisory_xact_lock($1::bigint)', [lockOf(store.ref.id, event.entity)]),
      database.query(
        `insert into kernel.events (store_id, uuid, plugin, name, entity, payload, occurred_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        values,
      ),
    ]);
    database.afterCommit(() => event.committed(store.ref.id));
  });
}

/** A number of 64 bits; entities that share one by chance wait for each other needlessly, and no more. */
function lockOf(storeId: number, entity: string): string {
  return createHash('sha256').update(`event ${storeId} ${entity}`).digest().readBigInt64BE().toString();
}
