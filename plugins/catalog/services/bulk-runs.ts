import { type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import type { BulkChange, BulkQuery } from './bulk-change.ts';

export type BulkState = 'running' | 'done' | 'cancelled';
export type BulkFault = { productId: Id; refusal: string };
/** A bulk change as people follow it. */
export type BulkRun = {
  id: Id;
  /** `failed` is one that was tried as often as it may; retrying its job goes on. */
  state: BulkState | 'failed';
  error?: string | null;
  total: number;
  done: number;
  changed: number;
  failed: number;
  faults: readonly BulkFault[];
  percent: number;
  createdAt: Date;
  finishedAt: Date | null;
};
export type BulkRow = {
  id: Id;
  state: BulkState;
  change: BulkChange;
  query: BulkQuery;
  total: number;
  done: number;
  changed: number;
  failed: number;
  faults: BulkFault[];
  last_id: Id;
  through_id: Id;
  job_id: string | null;
  created_at: Date;
  finished_at: Date | null;
};

type Services = Pick<Cradle, 'clock' | 'database' | 'jobs' | 'stores'>;

export async function findBulkRun(
  { database, jobs, stores }: Services,
  id: Id,
): Promise<Result<BulkRun, 'notFound'>> {
  const [row] = await database.query<BulkRow>(
    'select * from catalog.bulk_changes where store_id = $1 and id = $2',
    [stores.current().id, id],
  );
  if (!row) return refused('notFound', { id });
  const job = row.state === 'running' && row.job_id ? await jobs.find(row.job_id) : undefined;
  return ok({ ...runOf(row), ...(job?.state === 'failed' ? { state: 'failed', error: job.error } : {}) });
}

/** What was changed stays changed; the rest is left. */
export async function cancelBulkRun(
  { clock, database, jobs, stores }: Services,
  id: Id,
): Promise<Result<undefined, 'notFound' | 'finished'>> {
  const storeId = stores.current().id;
  return database.transaction(async () => {
    const [row] = await database.query<BulkRow>(
      'select * from catalog.bulk_changes where store_id = $1 and id = $2 for update',
      [storeId, id],
    );
    if (!row) return refused('notFound', { id });
    if (row.state !== 'running') return refused('finished', { state: row.state });
    await database.query(
      `update catalog.bulk_changes set state = 'cancelled', finished_at = $3 where store_id = $1 and id = $2`,
      [storeId, id, clock.now()],
    );
    if (row.job_id) await jobs.cancel(row.job_id);
    return ok();
  });
}

export function percentOf({ total, done }: { total: number; done: number }): number {
  return total === 0 ? 100 : Math.min(100, Math.floor((done * 100) / total));
}

function runOf(row: BulkRow): BulkRun {
  const { id, state, total, done, changed, failed, faults } = row;
  return {
    id,
    state,
    total,
    done,
    changed,
    failed,
    faults,
    percent: state === 'done' ? 100 : percentOf(row),
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
