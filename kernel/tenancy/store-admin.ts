import { ok, refused } from 'kontor/sdk';
import type { Changes, Config, KernelDatabase, StoreAdmin } from '../parts.ts';
import { createChange } from './change.ts';
import { faultOfHandle } from './host.ts';
import { FROM, NAMES, ROW, storeRef, type NameRow, type StoreRow } from './load-store.ts';

type NewStore = Parameters<StoreAdmin['createStore']>[0];

const PAGE = 100; // stores; the most one list gives

/** Merchants and stores, as admins and the command line make them. */
export function createStoreAdmin(input: {
  database: Pick<KernelDatabase, 'platform'>;
  changes: Pick<Changes, 'announce'>;
  config: Pick<Config, 'http'>;
}): Pick<StoreAdmin, 'merchants' | 'createMerchant' | 'createStore' | 'list' | 'setState'> {
  const { changes, config } = input;
  const { platform } = input.database;

  const change = createChange(input.database);

  return {
    createMerchant: ({ name, tier }) =>
      change(
        async () => {
          const sql = 'insert into kernel.merchants (name, tier) values ($1, $2) returning id';
          return (await platform.query<{ id: number }>(sql, [name, tier]))[0]!;
        },
        { merchants_tier: 'unknownTier' },
        { tier },
      ),

    async createStore(store) {
      const { merchantId, handle, name } = store;
      const { locale = 'en', currency = 'EUR', timeZone = 'Europe/Luxembourg' } = store;
      const fault = faultOfStore({ ...store, locale, currency, timeZone });
      if (fault) return refused('invalid', fault);
      const locales = [...new Set([locale, ...(store.locales ?? [])])];
      return change(
        async () => {
          const [row] = await platform.query<{ id: number }>(
            `insert into kernel.stores (merchant_id, handle, name, state, locale, locales, currency, time_zone)
             values ($1, $2, $3, 'active', $4, $5, $6, $7) returning id`,
            [merchantId, handle, name, locale, locales, currency, timeZone],
          );
          await platform.query('insert into kernel.handles (handle, store_id) values ($1, $2)', [
            handle,
            row!.id,
          ]);
          await changes.announce({ topic: 'store', key: String(row!.id) });
          const [made] = await platform.query<StoreRow>(`${ROW} ${FROM} where s.id = $1`, [row!.id]);
          return storeRef({ row: made!, domain: null, config });
        },
        { handles_key: 'handleTaken', stores_merchant: 'unknownMerchant' },
        { handle, merchantId },
      );
    },

    merchants: ({ after = 0, limit = PAGE } = {}) =>
      platform.query('select id, name, tier from kernel.merchants where id > $1 order by id limit $2', [
        after,
        Math.min(limit, PAGE),
      ]),

    async list({ after = 0, limit = PAGE } = {}) {
      const sql = `${ROW} ${FROM} where s.id > $1 order by s.id limit $2`;
      const rows = await platform.query<StoreRow>(sql, [after, Math.min(limit, PAGE)]);
      const names = await platform.query<NameRow>(`${NAMES} where h.store_id = any($1)`, [
        rows.map(({ id }) => id),
      ]);
      const domains = new Map(names.map(({ store_id, domain }) => [store_id, domain]));
      return rows.map((row) => storeRef({ row, domain: domains.get(row.id) ?? null, config }));
    },

    setState: (storeId, state) =>
      platform.transaction(async () => {
        const sql = 'update kernel.stores set state = $2 where id = $1 returning id';
        if ((await platform.query(sql, [storeId, state])).length === 0)
          return refused('unknownStore', { storeId });
        await changes.announce({ topic: 'store', key: String(storeId) });
        return ok();
      }),
  };
}

function faultOfStore(
  store: NewStore & { locale: string; currency: string; timeZone: string },
): { field: string; wanted: string } | undefined {
  const handle = faultOfHandle(store.handle);
  if (handle) return { field: 'handle', wanted: handle };
  if (store.name.trim() === '') return { field: 'name', wanted: 'expected a name' };
  if (![store.locale, ...(store.locales ?? [])].every(isLocale))
    return { field: 'locales', wanted: 'expected language tags such as fr or fr-LU' };
  if (!Intl.supportedValuesOf('currency').includes(store.currency))
    return { field: 'currency', wanted: 'expected a currency such as EUR' };
  if (!isTimeZone(store.timeZone))
    return { field: 'timeZone', wanted: 'expected a time zone such as Europe/Luxembourg' };
  return undefined;
}

function isLocale(tag: string): boolean {
  return /^[a-z]{2,3}(-[A-Z]{2})?$/.test(tag);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
