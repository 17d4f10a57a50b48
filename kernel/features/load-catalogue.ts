import { enterAs } from '../context.ts';
import type { Changes, KernelDatabase, TierValue } from '../parts.ts';
import type { Catalogue } from './compute-gate.ts';

type TierRow = {
  code: string;
  title: string;
  position: number;
  values: Record<string, TierValue> | null;
  plugins: Record<string, boolean> | null;
};

const SQL = `select t.code, t.title, t.position,
  (select jsonb_object_agg(v.code, v.value) from kernel.tier_values v where v.tier = t.code) as values,
  (select jsonb_object_agg(p.plugin, p.is_on) from kernel.tier_plugins p where p.tier = t.code) as plugins
  from kernel.tiers t order by t.position`;

export type CatalogueCache = {
  get(): Promise<Catalogue>;
  /** The last one that was read, even if a change has overtaken it: good for words only. */
  readonly lastKnown: Catalogue | undefined;
};

/** Keeps the tiers in this process until one changes, in one statement for all of them. */
export function createCatalogueCache(input: {
  database: Pick<KernelDatabase, 'platform'>;
  changes: Changes;
}): CatalogueCache {
  const { database, changes } = input;
  let kept: Promise<Catalogue> | undefined;
  let lastKnown: Catalogue | undefined;
  changes.on('tier', drop);
  changes.on('plugins', drop);

  function drop(): void {
    kept = undefined;
  }

  async function load(): Promise<Catalogue> {
    const rows = await database.platform.query<TierRow>(SQL);
    lastKnown = {
      tiers: rows.map(({ code, title, position }) => ({ code, title, position })),
      values: new Map(rows.map(({ code, values }) => [code, values ?? {}])),
      plugins: new Map(rows.map(({ code, plugins }) => [code, plugins ?? {}])),
    };
    return lastKnown;
  }

  return {
    get() {
      if (kept && changes.isLive) return kept;
      // Outside of any open transaction: what is kept for others must have been committed.
      const loading = enterAs({ actor: { kind: 'system', reason: 'look up the tiers' } }, load);
      loading.catch(drop);
      kept = loading;
      return loading;
    },
    get lastKnown() {
      return lastKnown;
    },
  };
}
