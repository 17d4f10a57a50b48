import { enterAs } from '../context.ts';
import type { JobAdmin, KernelDatabase, Row, Tenancy } from '../parts.ts';
import type { KernelServices } from 'kontor/sdk';

/** Jobs of all stores, for the command line and the platform's admins. Failed ones are the dead letters. */
export function createAdmin({
  database,
  tenancy,
  jobs,
}: {
  database: KernelDatabase;
  tenancy: Pick<Tenancy, 'byId'>;
  jobs: KernelServices['jobs'];
}): JobAdmin {
  /** Does it in the job's store, as if it were asked for there. */
  async function inStoreOf(id: string, work: () => Promise<{ ok: boolean }>): Promise<boolean> {
    const [row] = await database.platform.query<{ store_id: number }>(
      'select store_id from kernel.jobs where id::text = lower($1)',
      [id],
    );
    const store = row && (await tenancy.byId(row.store_id));
    if (!store) return false;
    return (await enterAs({ actor: { kind: 'system', reason: 'jobs admin' }, store }, work)).ok;
  }

  return {
    list({ storeId, state, name, limit = 100 } = {}) {
      return database.platform.query<Row>(
        `select id, store_id as "storeId", name, plugin, state, attempts, progress, message, error,
           run_at as "runAt", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"
         from kernel.jobs
         where ($1::bigint is null or store_id = $1) and ($2::text is null or state = $2) and ($3::text is null or name = $3)
         order by created_at desc, id desc limit $4`,
        [storeId ?? null, state ?? null, name ?? null, limit],
      );
    },
    retry: (id) => inStoreOf(id, () => jobs.retry(id)),
    cancel: (id) => inStoreOf(id, () => jobs.cancel(id)),
  };
}
