import type { StoreRef } from 'kontor/sdk';
import { enterAs, type Gate, type StoreContext } from '../context.ts';
import type { GateInput } from '../features/compute-gate.ts';
import type { Config, KernelDatabase } from '../parts.ts';

/** How a store is asked for. */
export type Address = 'id' | 'handle' | 'domain';

const WHERE: Record<Address, string> = {
  id: 'h.store_id = $1',
  handle: 'h.handle = $1',
  // An unverified domain is a claim; it never resolves.
  domain:
    'h.store_id = (select c.store_id from kernel.domains c where c.domain = $1 and c.verified_at is not null)',
};

/** Of each store the domain that links name: the chosen one, else the one verified first. */
export const NAMES = `select h.store_id,
  (select d.domain from kernel.domains d where d.store_id = h.store_id and d.verified_at is not null
   order by d.is_primary desc, d.verified_at, d.domain limit 1) as domain
  from kernel.handles h`;

export const ROW = `select s.id, s.handle, s.name, s.state, s.merchant_id, m.tier, s.locale, s.locales, s.currency, s.time_zone`;
export const FROM = 'from kernel.stores s join kernel.merchants m on m.id = s.merchant_id';

const STORE = `${ROW},
  (select jsonb_object_agg(o.code, o.value) from kernel.merchant_overrides o where o.merchant_id = s.merchant_id) as overrides,
  (select jsonb_object_agg(p.plugin, p.is_on) from kernel.store_plugins p where p.store_id = s.id) as plugins,
  (select jsonb_object_agg(v.plugin, v.values) from kernel.store_settings v where v.store_id = s.id) as settings
  ${FROM} where s.id = $1`;

export type StoreRow = {
  id: number;
  handle: string;
  name: string;
  state: StoreRef['state'];
  merchant_id: number;
  tier: string;
  locale: string;
  locales: string[];
  currency: string;
  time_zone: string;
};
export type NameRow = { store_id: number; domain: string | null };
type FullRow = StoreRow & {
  overrides: GateInput['overrides'] | null;
  plugins: Record<string, boolean> | null;
  settings: Record<string, Record<string, unknown>> | null;
};

/**
 * Reads a store with all that a request needs of it, in two statements whatever the number of plugins: names live in tables
 * of the platform, everything else with the store, and a distributed database joins the two badly.
 */
export function createStoreLoader(input: {
  database: Pick<KernelDatabase, 'platform'>;
  config: Pick<Config, 'http'>;
  sign: (storeId: number) => string;
  compute: (input: GateInput) => Promise<Gate>;
}): (by: Address, value: string | number) => Promise<StoreContext | undefined> {
  const { config, sign, compute } = input;
  const { platform } = input.database;

  async function load(by: Address, value: string | number): Promise<StoreContext | undefined> {
    const [name] = await platform.query<NameRow>(`${NAMES} where ${WHERE[by]}`, [value]);
    if (!name) return undefined;
    const [row] = await platform.query<FullRow>(STORE, [name.store_id]);
    if (!row) return undefined;
    const gate = await compute({
      tier: row.tier,
      overrides: row.overrides ?? {},
      plugins: row.plugins ?? {},
    });
    const settings = new Map(Object.entries(row.settings ?? {}));
    return Object.freeze({
      ref: storeRef({ row, domain: name.domain, config }),
      token: sign(row.id),
      gate,
      settings,
    });
  }

  // Outside of any open transaction: what is kept for others must have been committed.
  return (by, value) =>
    enterAs({ actor: { kind: 'system', reason: 'look up a store' } }, () => load(by, value));
}

export function storeRef(input: {
  row: StoreRow;
  domain: string | null;
  config: Pick<Config, 'http'>;
}): StoreRef {
  const { row, domain, config } = input;
  const { platformDomain, platformOrigin } = config.http;
  const { port } = new URL(platformOrigin);
  const name = domain ?? `${row.handle}.${platformDomain}`;
  return Object.freeze({
    id: row.id,
    handle: row.handle,
    name: row.name,
    state: row.state,
    merchantId: row.merchant_id,
    tier: row.tier,
    locale: row.locale,
    locales: Object.freeze(row.locales),
    currency: row.currency,
    timeZone: row.time_zone,
    host: port ? `${name}:${port}` : name,
  });
}
