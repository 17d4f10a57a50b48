import { ok, refused, type JobInfo, type JobsService, type KernelServices } from 'kontor/sdk';
import { current } from '../context.ts';
import type { Changes, KernelDatabase } from '../parts.ts';
import { didYouMean } from '../plugins/nearest.ts';
import type { KnownJobs } from './definitions.ts';
import { jobErrors } from './errors.ts';
import type { Lane } from './relay.ts';

const INFO = `id, name, state, progress, message, error, created_at as "createdAt", finished_at as "finishedAt"`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST = 500; // rows of a list

/** What plugins do with jobs: everything is a row of the current store, written in the caller's transaction. */
export function createService(deps: {
  database: KernelDatabase;
  changes: Changes;
  clock: KernelServices['clock'];
  random: KernelServices['random'];
  known: () => KnownJobs;
  /** Tells the workers where something waits. */
  wake: (lane: Lane) => void;
}): JobsService {
  const { database, changes, clock, random, known, wake } = deps;

  async function send(
    name: string,
    payload: unknown,
    { runAt, key }: { runAt?: Date; key?: string } = {},
  ): Promise<string> {
    const { store, actor } = current();
    if (!store) throw new jobErrors.KERNEL_ERR_JOB_NO_STORE(name);
    const job = known().get(name);
    if (!job) throw new jobErrors.KERNEL_ERR_UNKNOWN_JOB(name, didYouMean(name, known().keys()));
    job.check(payload);
    const lane = { storeId: store.ref.id, name };
    const now = clock.now();
    const values = [
      ...[lane.storeId, random.uuid(), name, job.plugin, JSON.stringify(payload)],
      ...[key ?? null, runAt ?? now, JSON.stringify(actor), now],
    ];
    const id =
      (await insert(values)) ??
      (await waiting(lane, key)) ??
      (await insert(values)) ??
      (await waiting(lane, key));
    if (!id) throw new Error(`Job ${name} with key ${key} could be neither added nor found`);
    database.afterCommit(() => wake(lane));
    return id;
  }

  async function insert(values: readonly unknown[]): Promise<string | undefined> {
    const [row] = await database.query<{ id: string }>(
      `insert into kernel.jobs (store_id, id, name, plugin, payload, key, run_at, actor, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (store_id, name, key) where state = 'waiting' and key is not null do nothing returning id`,
      values,
    );
    return row?.id;
  }

  /** The job that held back ours, if it has not begun since. */
  async function waiting({ storeId, name }: Lane, key: string | undefined): Promise<string | undefined> {
    const [row] = await database.query<{ id: string }>(
      `select id from kernel.jobs where store_id = $1 and name = $2 and key = $3 and state = 'waiting'`,
      [storeId, name, key ?? null],
    );
    return row?.id;
  }

  async function find(id: string): Promise<JobInfo | undefined> {
    if (!UUID.test(id)) return undefined;
    const [row] = await database.query<JobInfo>(
      `select ${INFO} from kernel.jobs where store_id = $1 and id = $2`,
      [here(), id],
    );
    return row;
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
      if (!UUID.test(id)) return refused('notFound');
      const [row] = await database.query<{ state: string }>(
        `update kernel.jobs set cancel_asked = true,
           state = case when state = 'waiting' then 'cancelled' else state end,
           finished_at = case when state = 'waiting' then $3::timestamptz end
         where store_id = $1 and id = $2 and state in ('waiting', 'running') returning state`,
        [here(), id, clock.now()],
      );
      if (!row) return refused((await find(id)) ? 'finished' : 'notFound');
      await changes.announce({ topic: 'job-cancel', key: id });
      return ok();
    },
    async retry(id) {
      if (!UUID.test(id)) return refused('notFound');
      const [row] = await database.query<{ name: string }>(
        `update kernel.jobs set state = 'waiting', attempts = 0, run_at = $3, relayed_at = null, finished_at = null,
           progress = 0, message = '', cancel_asked = false
         where store_id = $1 and id = $2 and state = 'failed' returning name`,
        [here(), id, clock.now()],
      );
      if (!row) return refused((await find(id)) ? 'notFailed' : 'notFound');
      const lane = { storeId: here()!, name: row.name };
      database.afterCommit(() => wake(lane));
      return ok();
    },
  };
}

/** Outside of a store there are no jobs. */
function here(): number | null {
  return current().store?.ref.id ?? null;
}
