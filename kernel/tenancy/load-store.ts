import type { StoreRef } from 'kontor/sdk';
import { enterAs, type Gate, type StoreContext } from '../context.ts';
import type { GateInput } from '../features/compute-gate.ts';
import type { Config, KernelDatabase } from '../parts.ts';

/** How a store is asked for. */
export type Address = 'id' | 'handle' | 'domain';

const WHERE: Record<Address, string> = {
  id: 'h.store_id = $1',
  handle: 'h.handle = $1',
  domain: 'h.store_id = (select d.store_id from kernel.domains d where d.domain = $1)',
};

// Names live in tables of the platform, everything else with the store; a distributed database joins the two badly.
const NAMES = `select h.store_id, (select d.domain from kernel.domains d where d.store_id = h.store_id
    order by d.is_primary desc, d.domain limit 1) as domain from kernel.handles h`;
const STORE = `select s.id, s.handle, s.name, s.state, s.merchant_id, m.tier, s.locale, s.locales, s.currency, s.time_zone`;
const FROM = 'from kernel.stores s join kernel.merchants m on m.id = s.merchant_id';
const ALL = `${STORE},
  (select jsonb_object_agg(o.code, o.value) from kernel.merchant_overrides o where o.merchant_id = s.merchant_id) as overrides,
  (select jsonb_object_agg(p.plugin, p.is_on) from kernel.store_plugins p where p.store_id = s.id) as plugins,
  (select jsonb_object_agg(v.plugin, v.values) from kernel.store_settings v where v.store_id = s.id) as settings
  ${FROM} where s.id = $1`;

type Name = { store_id: number; domain: string | null };
type Row = Omit<StoreRef, 'merchantId' | 'timeZone' | 'host'> & { merchant_id: number; time_zone: string };
type FullRow = Row & {
  overrides: GateInput['overrides'] | null;
  plugins: GateInput['plugins'] | null;
  settings: Record<string, Record<string, unknown>> | null;
};
type Input = { database: Pick<KernelDatabase, 'platform'>; config: Pick<Config, 'http'> };

/** Reads a store with all that a request needs of it, in two statements whatever the number of plugins. */
export function createStoreLoader(
  input: Input & { sign: (storeId: number) => string; compute: (input: GateInput) => Promise<Gate> },
): (by: Address, value: string | number) => Promise<StoreContext | undefined> {
  const { platform } = input.database;

  async function load(by: Address, value: string | number): Promise<StoreContext | undefined> {
    const [name] = await platform.query<Name>(`${NAMES} where ${WHERE[by]}`, [value]);
    const [row] = name ? await platform.query<FullRow>(ALL, [name.store_id]) : [];
    // A closed store has no address any more; only by its id can it be worked on.
    if (!row || (row.state === 'closed' && by !== 'id')) return undefined;
    const { tier, overrides, plugins, settings } = row;
    return Object.freeze({
      ref: refOf(row, name?.domain, input.config),
      token: input.sign(row.id),
      gate: await input.compute({ tier, overrides: overrides ?? {}, plugins: plugins ?? {} }),
      settings: new Map(Object.entries(settings ?? {})),
    });
  }

  // Outside of any open transaction: what is kept for others must have been committed.
  return (by, value) =>
    enterAs({ actor: { kind: 'system', reason: 'look up a store' } }, () => load(by, value));
}

/** Stores by id, in the open transaction of the platform if there is one. */
export async function listStores(
  { database: { platform }, config }: Input,
  { after, limit }: { after: number; limit: number },
): Promise<StoreRef[]> {
  const sql = `${STORE} ${FROM} where s.id > $1 order by s.id limit $2`;
  const rows = await platform.query<Row>(sql, [after, limit]);
  const ids = rows.map(({ id }) => id);
  const names = await platform.query<Name>(`${NAMES} where h.store_id = any($1)`, [ids]);
  const domains = new Map(names.map(({ store_id, domain }) => [store_id, domain]));
  return rows.map((row) => refOf(row, domains.get(row.id), config));
}

function refOf(row: Row, domain: string | null | undefined, { http }: Pick<Config, 'http'>): StoreRef {
  const { id, handle, name, state, tier, locale, locales, currency } = row;
  const { port } = new URL(http.platformOrigin);
  const host = domain ?? `${handle}.${http.platformDomain}`;
  return Object.freeze({
    ...{ id, handle, name, state, merchantId: row.merchant_id, tier },
    ...{ locale, locales: Object.freeze(locales), currency, timeZone: row.time_zone },
    host: port ? `${host}:${port}` : host,
  });
}
