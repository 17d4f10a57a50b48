import type { Cradle, Id } from 'kontor/sdk';
import type { BulkChange, BulkQuery } from '../services/bulk-change.ts';
import { countCards } from '../services/count-cards.ts';

const KEPT_FOR = 90 * 24 * 3_600_000; // ms; nobody asks later how it went

/** Notes a change of many products and sends the job that makes it. Products that come later are not meant. */
export async function startBulk(
  services: Cradle,
  { change, query }: { change: BulkChange; query: BulkQuery },
): Promise<{ id: Id; jobId: string; total: number }> {
  const { clock, database, jobs, stores } = services;
  const storeId = stores.current().id;
  return database.transaction(async () => {
    await database.query('delete from catalog.bulk_changes where store_id = $1 and finished_at < $2', [
      storeId,
      new Date(clock.now().getTime() - KEPT_FOR),
    ]);
    const { count, last } = await countCards(services, query);
    const [row] = await database.query<{ id: Id }>(
      `insert into catalog.bulk_changes (store_id, change, query, total, through_id, created_at)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [storeId, JSON.stringify(change), JSON.stringify(query), count, last, clock.now()],
    );
    const { id } = row!;
    const jobId = await jobs.send('catalog.change-products', { bulkId: id });
    await database.query('update catalog.bulk_changes set job_id = $3 where store_id = $1 and id = $2', [
      storeId,
      id,
      jobId,
    ]);
    return { id, jobId, total: count };
  });
}
