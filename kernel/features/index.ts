import { current, type Gate } from '../context.ts';
import { createKept } from '../kept.ts';
import type { Changes, FeatureAdmin, KernelDatabase } from '../parts.ts';
import { type Catalogue, computeGate, type GateInput, lowestTierWith } from './compute-gate.ts';
import { readDeclarations } from './declarations.ts';
import { errors } from './errors.ts';
import { createTierAdmin } from './tier-admin.ts';
import { createUsage } from './usage.ts';

const TIERS = `select t.code, t.title,
  (select jsonb_object_agg(v.code, v.value) from kernel.tier_values v where v.tier = t.code) as values,
  (select jsonb_object_agg(p.plugin, p.is_on) from kernel.tier_plugins p where p.tier = t.code) as plugins
  from kernel.tiers t order by t.position`;

type TierRow = {
  code: string;
  title: string;
  values: GateInput['overrides'] | null;
  plugins: GateInput['plugins'] | null;
};

export type FeaturesPart = FeatureAdmin & {
  /** What a store may use, by the plugins that run now. One statement for the tiers when none is kept, else none. */
  compute(input: GateInput): Promise<Gate>;
  /** Calls back whenever other plugins run in this process, so that gates computed before are dropped. */
  onDeclare(handler: () => void): void;
};

/** Features and limits that plugins declare, valued by tiers and merchants. */
export function createFeatures(input: {
  database: Pick<KernelDatabase, 'platform' | 'query' | 'read'>;
  changes: Changes;
  clock: { now(): Date };
}): FeaturesPart {
  const { database, changes } = input;
  let declarations = readDeclarations([]);
  const declared = () => declarations;
  let lastKnown: Catalogue | undefined; // even if a change has overtaken it: good for words only
  const followers: (() => void)[] = [];
  const isOn = (feature: string): boolean => current().store?.gate.features.has(feature) ?? false;

  const catalogue = createKept({ changes, topics: ['tier', 'plugins'], what: 'the tiers', read: readTiers });

  async function readTiers(): Promise<Catalogue> {
    const tiers = await database.platform.query<TierRow>(TIERS);
    lastKnown = {
      tiers,
      values: new Map(tiers.map(({ code, values }) => [code, values ?? {}])),
      plugins: new Map(tiers.map(({ code, plugins }) => [code, plugins ?? {}])),
    };
    return lastKnown;
  }

  return {
    features: {
      isOn,
      require(feature) {
        if (isOn(feature)) return;
        const tier = lastKnown && lowestTierWith(declarations, lastKnown, feature);
        const words = tier ? `it comes with the tier ${tier}` : 'no tier of this platform has it';
        throw new errors.KERNEL_ERR_FEATURE_OFF(feature, words, { details: { feature, tier } });
      },
      ...createUsage({ ...input, declared }),
    },
    declare(manifests) {
      declarations = readDeclarations(manifests);
      for (const follow of followers) follow();
    },
    onDeclare: (handler) => void followers.push(handler),
    compute: async (store) => computeGate(declarations, await catalogue(), store),
    ...createTierAdmin({ ...input, declared }),
  };
}
