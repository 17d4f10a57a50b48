import type { Cradle, Id, RunningJob } from 'kontor/sdk';
import { createRuns } from '../services/runs.ts';
import type { Before } from './apply-batch.ts';

type Needs = Pick<Cradle, 'catalog' | 'clock' | 'database' | 'inventory' | 'stores'>;
type Job = Pick<RunningJob<{ runId: Id }>, 'payload' | 'signal' | 'progress'>;
type Item = {
  handle: string;
  outcome: 'created' | 'updated';
  productId: Id;
  version: number;
  before: Before | null;
};

const TOGETHER = 50;

/**
 * Takes an import back: what it made is removed, what it changed is as it was. What somebody has changed since stays, and is
 * told. Stock that has moved since stays too.
 */
export async function undoImport(job: Job, services: Needs): Promise<void> {
  const { runId } = job.payload;
  let count = 0;
  while (!job.signal.aborted) {
    const done = await services.database.transaction(() => undoSome(services, runId));
    if (done === 0) {
      await createRuns(services).move(runId, { from: ['done', 'cancelled', 'failed'], to: 'undone' });
      return;
    }
    count += done;
    await job.progress(Math.min(99, Math.floor(count / TOGETHER)), `${count}`);
  }
}

async function undoSome(services: Needs, runId: Id): Promise<number> {
  const { catalog, database, stores } = services;
  const storeId = stores.current().id;
  const items = await database.query<Item>(
    `select handle, outcome, product_id as "productId", version, before from import.items
     where store_id = $1 and run_id = $2 and not is_undone and outcome <> 'unchanged' and product_id is not null
     order by handle limit $3 for update`,
    [storeId, runId, TOGETHER],
  );
  const products = new Map(
    (await catalog.productsByHandle(items.map(({ handle }) => handle))).map((product) => [
      product.id,
      product,
    ]),
  );
  const kept: Item[] = [];
  for (const item of items) {
    const now = products.get(item.productId);
    if (!now) continue;
    if (now.version !== item.version) kept.push(item);
    else if (item.outcome === 'created') await catalog.remove(item.productId);
    else if (item.before?.product) await catalog.update(item.productId, item.before.product);
    if (item.outcome === 'updated') await restoreStock(services, item.before);
  }
  await tellKept(services, runId, kept);
  await database.query(
    'update import.items set is_undone = true where store_id = $1 and run_id = $2 and handle = any($3)',
    [storeId, runId, items.map(({ handle }) => handle)],
  );
  return items.length;
}

async function restoreStock({ inventory }: Needs, before: Before | null): Promise<void> {
  const changed = before?.stock ?? [];
  if (changed.length === 0 || !inventory) return;
  const levels = await inventory.levels(changed.map(({ variantId }) => variantId));
  const still = changed.filter(({ variantId, after }) => {
    const level = levels.get(variantId);
    return after === null ? !level?.isTracked : level?.onHand === after;
  });
  const counted = still.flatMap(({ variantId, before: level }) =>
    level?.isTracked
      ? [{ variantId, onHand: level.onHand, isBackOrderAllowed: level.isBackOrderAllowed }]
      : [],
  );
  const uncounted = still.flatMap(({ variantId, before: level }) => (level?.isTracked ? [] : [variantId]));
  if (counted.length > 0) await inventory.set(counted, { reason: 'import undone', kind: 'import' });
  if (uncounted.length > 0) await inventory.untrack(uncounted);
}

async function tellKept({ database, stores }: Needs, runId: Id, kept: readonly Item[]): Promise<void> {
  if (kept.length === 0) return;
  await database.query(
    `insert into import.faults (store_id, run_id, record, field, code, message, value)
     select $1, $2, 0, 'handle', 'changedSince', 'This product was changed after the import and was left as it is', handle
     from unnest($3::text[]) as handle on conflict do nothing`,
    [stores.current().id, runId, kept.map(({ handle }) => handle)],
  );
}
