import { normaliseHost, ok, refused } from 'kontor/sdk';
import type { Changes, Config, KernelDatabase, StoreAdmin } from '../parts.ts';
import { change } from './change.ts';
import { faultOfStore } from './fault-of-store.ts';
import { listStores } from './load-store.ts';

const PAGE = 100; // rows; the most one list gives

const DOMAINS = `select domain, is_primary as "isPrimary" from kernel.domains where store_id = $1
  order by is_primary desc, domain`;
const ATTACH = `insert into kernel.domains (domain, store_id, is_primary)
  select $2, h.store_id, not exists (select from kernel.domains d where d.store_id = $1)
  from kernel.handles h where h.store_id = $1 on conflict (domain) do nothing`;
const SET_PRIMARY = `update kernel.domains set is_primary = (domain = $2) where store_id = $1
  and exists (select from kernel.domains d where d.store_id = $1 and d.domain = $2) returning domain`;
// The one that links named leaves its place to the first of the others.
const DETACH = `with gone as (delete from kernel.domains where store_id = $1 and domain = $2 returning domain, is_primary),
  heir as (update kernel.domains set is_primary = true where exists (select from gone where is_primary)
    and domain = (select min(d.domain) from kernel.domains d where d.store_id = $1 and d.domain <> $2))
  select domain from gone`;

/** Merchants, stores and domains, as admins, the command line and plugins of this house change them. */
export function createStoreAdmin(input: {
  database: Pick<KernelDatabase, 'platform'>;
  changes: Pick<Changes, 'announce'>;
  config: Pick<Config, 'http'>;
}): StoreAdmin {
  const { platform } = input.database;
  const { platformDomain } = input.config.http;
  const announce = (storeId: number) => input.changes.announce({ topic: 'store', key: String(storeId) });

  /** One statement about a store that every node hears of; refused when it finds nothing. */
  const touch =
    <Refusal extends string>(refusal: Refusal, sql: string) =>
    (storeId: number, value: string) =>
      platform.transaction(async () => {
        const rows = await platform.query(sql, [storeId, value]);
        if (rows.length === 0) return refused(refusal, { storeId, value });
        await announce(storeId);
        return ok();
      });
  const setPrimary = touch('notAttached', SET_PRIMARY);
  const detach = touch('notAttached', DETACH);

  return {
    merchants: ({ after = 0, limit = PAGE } = {}) =>
      platform.query('select id, name, tier from kernel.merchants where id > $1 order by id limit $2', [
        after,
        Math.min(limit, PAGE),
      ]),

    createMerchant({ name, tier }) {
      const sql = 'insert into kernel.merchants (name, tier) values ($1, $2) returning id';
      const insert = async () => (await platform.query<{ id: number }>(sql, [name, tier]))[0]!;
      return change(platform, insert, { merchants_tier: 'unknownTier' }, { tier });
    },

    list: ({ after = 0, limit = PAGE } = {}) => listStores(input, { after, limit: Math.min(limit, PAGE) }),

    async createStore({ merchantId, handle, name, locale = 'en', locales = [], ...where }) {
      const { currency = 'EUR', timeZone = 'Europe/Luxembourg' } = where;
      const fault = faultOfStore({ merchantId, handle, name, locale, locales, currency, timeZone });
      if (fault) return refused('invalid', fault);
      const spoken = [...new Set([locale, ...locales])];
      const insert = async () => {
        const [row] = await platform.query<{ id: number }>(
          `insert into kernel.stores (merchant_id, handle, name, state, locale, locales, currency, time_zone)
           values ($1, $2, $3, 'active', $4, $5, $6, $7) returning id`,
          [merchantId, handle, name, locale, spoken, currency, timeZone],
        );
        const { id } = row!;
        await platform.query('insert into kernel.handles (handle, store_id) values ($1, $2)', [handle, id]);
        await announce(id);
        return (await listStores(input, { after: id - 1, limit: 1 }))[0]!;
      };
      const refusals = { handles_key: 'handleTaken', stores_merchant: 'unknownMerchant' } as const;
      return change(platform, insert, refusals, { handle, merchantId });
    },

    setState: touch('unknownStore', 'update kernel.stores set state = $2 where id = $1 returning id'),
    domains: (storeId) => platform.query(DOMAINS, [storeId]),
    setPrimaryDomain: (storeId, domain) => setPrimary(storeId, normaliseHost(domain) ?? domain),
    detachDomain: (storeId, domain) => detach(storeId, normaliseHost(domain) ?? domain),

    async attachDomain(storeId, text) {
      const domain = normaliseHost(text);
      if (domain === undefined || !domain.includes('.')) return refused('badDomain', { domain: text });
      if (domain === platformDomain || domain.endsWith(`.${platformDomain}`))
        return refused('reserved', { domain });
      return platform.transaction(async () => {
        await platform.query(ATTACH, [storeId, domain]);
        const sql = 'select store_id, is_primary from kernel.domains where domain = $1';
        const [row] = await platform.query<{ store_id: number; is_primary: boolean }>(sql, [domain]);
        if (!row) return refused('unknownStore', { storeId });
        if (row.store_id !== storeId) return refused('taken', { domain });
        await announce(storeId);
        return ok({ domain, isPrimary: row.is_primary });
      });
    },
  };
}
