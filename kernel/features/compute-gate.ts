import type { Gate } from '../context.ts';
import type { TierValue } from '../parts.ts';
import type { Declarations } from './declarations.ts';

type Values = Readonly<Record<string, TierValue>>;
/** Plugins that were switched on or off. */
type Switches = Readonly<Record<string, boolean>>;

/** What is known of a store when its gate is computed; `overrides` are the merchant's own values by code. */
export type GateInput = { readonly tier: string; readonly overrides: Values; readonly plugins: Switches };

/** The tiers of the platform, lowest first, and what admins changed about them, by tier. */
export type Catalogue = {
  readonly tiers: readonly { readonly code: string; readonly title: string }[];
  readonly values: ReadonlyMap<string, Values>;
  readonly plugins: ReadonlyMap<string, Switches>;
};

/**
 * Decides all that a store may use. A value is the merchant's own, else what admins gave the tier, else what the plugin says of
 * the tier. Whatever cannot be decided is off, or 0.
 */
export function computeGate(declared: Declarations, catalogue: Catalogue, input: GateInput): Gate {
  const { tier, overrides } = input;
  const plugins = pluginsThatAreOn(declared, [catalogue.plugins.get(tier) ?? {}, input.plugins]);
  const given: Values = { ...catalogue.values.get(tier), ...overrides };

  const features = new Set<string>();
  for (const { code, plugin, tier: lowest } of declared.features.values()) {
    const isOn = given[code] ?? reaches(catalogue, tier, lowest);
    if (plugins.has(plugin) && isOn === true) features.add(code);
  }

  const limits = new Map<string, number | null>();
  for (const { code, plugin, tiers } of declared.limits.values()) {
    const most = given[code] === undefined ? tiers[tier] : given[code]; // null is a value too: no limit
    if (plugins.has(plugin)) limits.set(code, most === null || typeof most === 'number' ? most : 0);
  }
  return { plugins, features, limits };
}

/** The lowest tier that has a feature, for the sentence that refuses it. */
export function lowestTierWith(
  declared: Declarations,
  catalogue: Catalogue,
  code: string,
): string | undefined {
  const feature = declared.features.get(code);
  const has = (tier: string) => catalogue.values.get(tier)?.[code] ?? reaches(catalogue, tier, feature?.tier);
  return feature && catalogue.tiers.find((tier) => has(tier.code) === true)?.title;
}

/** A plugin is on when nobody switched it off, and all it depends on is on. */
function pluginsThatAreOn(declared: Declarations, switches: readonly Switches[]): Set<string> {
  const verdicts = new Map<string, boolean>();
  const isOn = (plugin: string): boolean => {
    const known = verdicts.get(plugin);
    if (known !== undefined) return known;
    verdicts.set(plugin, false); // a circle of dependencies never comes on
    const isLeft = switches.every((layer) => layer[plugin] !== false);
    const verdict = isLeft && (declared.plugins.get(plugin)?.every(isOn) ?? false);
    verdicts.set(plugin, verdict);
    return verdict;
  };
  return new Set([...declared.plugins.keys()].filter(isOn));
}

function reaches({ tiers }: Catalogue, tier: string, lowest: string | undefined): boolean {
  if (lowest === undefined) return true;
  const place = (code: string) => tiers.findIndex((known) => known.code === code);
  return place(lowest) !== -1 && place(tier) >= place(lowest);
}
