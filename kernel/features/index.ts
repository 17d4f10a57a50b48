import type { Gate } from '../context.ts';
import { current } from '../context.ts';
import type { Changes, FeatureAdmin, KernelDatabase } from '../parts.ts';
import { computeGate, lowestTierWith, type GateInput } from './compute-gate.ts';
import { readDeclarations } from './declarations.ts';
import { errors } from './errors.ts';
import { createCatalogueCache } from './load-catalogue.ts';
import { createTierAdmin } from './tier-admin.ts';
import { createUsage } from './usage.ts';

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
  let declarations = readDeclarations([]);
  const declared = () => declarations;
  const catalogue = createCatalogueCache(input);
  const followers: (() => void)[] = [];
  const isOn = (feature: string): boolean => current().store?.gate.features.has(feature) ?? false;

  return {
    features: {
      isOn,
      require(feature) {
        if (isOn(feature)) return;
        const tier = catalogue.lastKnown && lowestTierWith(declarations, catalogue.lastKnown, feature);
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
    compute: async (store) => computeGate(declarations, await catalogue.get(), store),
    ...createTierAdmin({ ...input, declared }),
  };
}
