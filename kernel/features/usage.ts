import { ok, refused, type Features, type LimitState } from 'kontor/sdk';
import { current, type StoreContext } from '../context.ts';
import type { KernelDatabase } from '../parts.ts';
import { didYouMean } from '../nearest.ts';
import { errors as tenancyErrors } from '../tenancy/errors.ts';
import type { Declarations } from './declarations.ts';
import { errors } from './errors.ts';

// One statement decides and takes, so that of many at once exactly as many pass as fit. The row stays locked until the
// caller's transaction ends: what is rolled back was never used.
const TAKE = `insert into kernel.usage as u (store_id, code, period, used) values ($1, $2, $3, $4)
  on conflict (store_id, code, period) do update set used = u.used + excluded.used
  where $5::bigint is null or u.used + excluded.used <= $5 returning used`;
const GIVE_BACK =
  'update kernel.usage set used = greatest(used - $4, 0) where store_id = $1 and code = $2 and period = $3';
const USED = 'select used from kernel.usage where store_id = $1 and code = $2 and period = $3';

/** Counts what a store uses of its limits. */
export function createUsage(input: {
  database: Pick<KernelDatabase, 'query' | 'read'>;
  clock: { now(): Date };
  declared: () => Declarations;
}): Pick<Features, 'use' | 'release' | 'limit' | 'checkWritable'> {
  const { database, clock, declared } = input;
  const calendars = new Map<string, Intl.DateTimeFormat>(); // making one costs more than all else here

  /** The row that counts a limit now, and the most it may say. */
  function countOf(limit: string): { row: [number, string, string]; max: number | null } {
    const { store } = current();
    if (!store) throw new tenancyErrors.KERNEL_ERR_NO_STORE();
    const { limits } = declared();
    const known = limits.get(limit);
    if (!known) throw new errors.KERNEL_ERR_UNKNOWN_LIMIT(limit, didYouMean(limit, limits.keys()));
    const period = known.per === 'month' ? monthOf(store) : 'total';
    const max = store.gate.limits.get(limit);
    // A limit of a plugin that is off here: nothing may be used.
    return { row: [store.ref.id, limit, period], max: max === undefined ? 0 : max };
  }

  /** The month of the store's own calendar, e.g. `2026-11`, as Swedish writes it. */
  function monthOf({ ref: { timeZone } }: StoreContext): string {
    const parts = { timeZone, year: 'numeric', month: '2-digit' } as const;
    const calendar = calendars.get(timeZone) ?? new Intl.DateTimeFormat('sv', parts);
    calendars.set(timeZone, calendar);
    return calendar.format(clock.now());
  }

  async function state(limit: string): Promise<LimitState> {
    const { row, max } = countOf(limit);
    const [counted] = await database.read<{ used: number }>('limit-used', USED, row);
    return { used: counted?.used ?? 0, max };
  }

  return {
    async use(limit, count = 1) {
      checkCount(limit, count);
      const { row, max } = countOf(limit);
      const fits = max === null || count <= max;
      const [taken] = fits
        ? await database.read<{ used: number }>('take-of-limit', TAKE, [...row, count, max])
        : [];
      return taken
        ? ok({ used: taken.used, max })
        : refused('limitReached', { limit, ...(await state(limit)) });
    },
    async release(limit, count = 1) {
      checkCount(limit, count);
      await database.query(GIVE_BACK, [...countOf(limit).row, count]);
    },
    limit: state,
    async checkWritable(limit) {
      const { used, max } = await state(limit);
      return max === null || used <= max ? ok() : refused('overLimit', { limit, used, max });
    },
  };
}

function checkCount(limit: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 1) throw new errors.KERNEL_ERR_LIMIT_COUNT(limit, count);
}
