import { ok, refused, type JobInfo, type JobsService } from 'kontor/sdk';
import { current, enterAs } from '../context.ts';
import type { JobAdmin, Row } from '../parts.ts';
import { didYouMean } from '../nearest.ts';
import { jobErrors } from './errors.ts';
import type { Core, Lane } from './parts.ts';

const INFO = `id, name, state, progress, message, error, created_at as "createdAt", finished_at as "finishedAt"`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST = 500; // rows of a list

/** What plugins do with jobs: everything is a row of the current store, written in the caller's transaction. */
export function createService({
  database,
  changes,
  clock,
  random,
  known,
  announce,
}: Core & { announce: (lane: Lane) => void }): JobsService {
  async function send(
    name: string,
    payload: unknown,
    { runAt, key }: { runAt?: Date; key?: string } = {},
  ): Promise<string> {
    const { store } = current();
    if (!store) throw new jobErrors.KERNEL_ERR_JOB_NO_STORE(name);
    const job = known().get(name);
    if (!job) throw new jobErrors.KERNEL_ERR_UNKNOWN_JOB(name, didYouMean(name, known().keys()));
    job.check(payload);
    const now = clock.now();
    const row = [store.ref.id, name, key ?? null, random.uuid(), job.plugin, JSON.stringify(payload)];
    const values = [...row, runAt ?? now, now];
    const id = (await add(values)) ?? (await add(values));
    if (!id) throw new Error(`Job ${name} with key ${key} could be neither added nor found`);
    tell(store.ref.id, name);
    return id;
  }

  /** @returns the id of the new row or of the one that holds it back; none when that came, or went, this very moment */
  async function add(values: readonly unknown[]): Promise<string | undefined> {
    const [row] = await database.read<{ id: string }>(
      'add-job',
      `with added as (
         insert into kernel.jobs (store_id, name, key, id, plugin, payload, run_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (store_id, name, key) where state = 'waiting' and key is not null do nothing returning id
       )
       select id from added
       union all select id from kernel.jobs where store_id = $1 and name = $2 and key = $3 and state = 'waiting'
       limit 1`,
      values,
    );
    return row?.id;
  }

  /** Says to the workers, after the commit, where something waits or a place is free. */
  function tell(storeId: number, name: string): void {
    database.afterCommit(() => announce({ storeId, name }));
  }

  async function find(id: string): Promise<JobInfo | undefined> {
    const [row] = await database.query<JobInfo>(
      `select ${INFO} from kernel.jobs where store_id = $1 and id = $2`,
      own(id),
    );
    return row;
  }

  async function change(id: string, sql: string): Promise<boolean> {
    const [row] = await database.query<{ store_id: number; name: string }>(
      `update kernel.jobs set ${sql} returning store_id, name`,
      [...own(id), clock.now()],
    );
    if (row) tell(row.store_id, row.name);
    return row !== undefined;
  }

  return {
    send,
    find,
    async list({ name, state, limit = 50 } = {}) {
      return database.query<JobInfo>(
        `select ${INFO} from kernel.jobs
         where store_id = $1 and ($2::text is null or name = $2) and ($3::text is null or state = $3)
         order by created_at desc, id desc limit $4`,
        [here(), name ?? null, state ?? null, Math.min(limit, MOST)],
      );
    },
    async cancel(id) {
      const isAsked = await change(
        id,
        `cancel_asked = true, state = case when state = 'waiting' then 'cancelled' else state end,
           finished_at = case when state = 'waiting' then $3::timestamptz end
         where store_id = $1 and id = $2 and state in ('waiting', 'running')`,
      );
      if (!isAsked) return refused((await find(id)) ? 'finished' : 'notFound');
      await changes.announce({ topic: 'job-cancel', key: id });
      return ok();
    },
    async retry(id) {
      const isRetried = await change(
        id,
        `state = 'waiting', attempts = 0, run_at = $3, relayed_at = null, finished_at = null,
           progress = 0, message = '', cancel_asked = false
         where store_id = $1 and id = $2 and state = 'failed'`,
      );
      if (!isRetried) return refused((await find(id)) ? 'notFailed' : 'notFound');
      return ok();
    },
  };
}

/** Jobs of all stores, for the command line and the platform's admins. Failed ones are the dead letters. */
export function createAdmin({ database, tenancy, jobs }: Core & { jobs: JobsService }): JobAdmin {
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
        `select ${INFO}, store_id as "storeId", plugin, attempts, run_at as "runAt", started_at as "startedAt"
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

/** Outside of a store there are no jobs, and none with an id that is no uuid. */
function own(id: string): [number | null, string | null] {
  return [here(), UUID.test(id) ? id : null];
}

function here(): number | null {
  return current().store?.ref.id ?? null;
}
