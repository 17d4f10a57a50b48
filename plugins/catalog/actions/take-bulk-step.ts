import type { Cradle, Id } from 'kontor/sdk';
import { changeOf } from '../services/bulk-change.ts';
import { type BulkFault, type BulkRow, percentOf } from '../services/bulk-runs.ts';
import { idsBetween } from '../services/count-cards.ts';
import { saveProducts } from './save-products.ts';

const STEP = 100; // products a transaction: others who change products wait for a tenth of a second at most
const FAULTS = 100; // kept in words; the rest are counted

/**
 * Changes the next products of a bulk change and notes how far it came, in one transaction: a stop in between loses nothing
 * and changes nothing twice, which for a price by percent is all that matters.
 *
 * @returns percent done; undefined when there is nothing left to do, or it was cancelled
 */
export async function takeBulkStep(services: Cradle, id: Id): Promise<number | undefined> {
  const { clock, database, stores } = services;
  const { id: storeId, currency } = stores.current();
  return database.transaction(async () => {
    const [run] = await database.query<BulkRow>(
      'select * from catalog.bulk_changes where store_id = $1 and id = $2 for update',
      [storeId, id],
    );
    if (run?.state !== 'running') return undefined;
    const ids = await idsBetween(services, {
      query: run.query,
      after: run.last_id,
      through: run.through_id,
      limit: STEP,
    });
    const results = await saveProducts(
      services,
      ids.map((productId) => ({
        id: productId,
        change: (product) => changeOf(product, run.change, currency),
      })),
      { isBatch: true },
    );
    const isOver = ids.length < STEP;
    const done = run.done + ids.length;
    const faults = results.flatMap((result, at): BulkFault[] =>
      result.ok ? [] : [{ productId: ids[at]!, refusal: result.refusal }],
    );
    await database.query(
      `update catalog.bulk_changes set done = $3, changed = $4, failed = $5, faults = $6, last_id = $7, state = $8,
       finished_at = $9 where store_id = $1 and id = $2`,
      [
        storeId,
        id,
        done,
        run.changed + results.filter((result) => result.ok && result.value.isChanged).length,
        run.failed + faults.length,
        JSON.stringify([...run.faults, ...faults].slice(0, FAULTS)),
        ids.at(-1) ?? run.last_id,
        isOver ? 'done' : 'running',
        isOver ? clock.now() : null,
      ],
    );
    return isOver ? undefined : percentOf({ total: run.total, done });
  });
}
