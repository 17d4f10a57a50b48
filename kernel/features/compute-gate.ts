import type { Gate } from '../context.ts';
import type { TierValue } from '../parts.ts';
import type { Declarations } from './declarations.ts';

/** What is known of a store when its gate is computed. */
export type GateInput = {
  readonly tier: string;
  /** The merchant's own values by code. */
  readonly overrides: Readonly<Record<string, TierValue>>;
  /** Plugins switched on or off for this store. */
  readonly plugins: Readonly<Record<string, boolean>>;
};

/** The tiers of the platform, and what admins changed about them. */
export type Catalogue = {
  /** Lowest first. */
  readonly tiers: readonly { readonly code: string; readonly title: string; readonly position: number }[];
  /** Tier to code to value. */
  readonly values: ReadonlyMap<string, Readonly<Record<string, TierValue>>>;
  /** Tier to plugins switched on or off for it. */
  readonly plugins: ReadonlyMap<string, Readonly<Record<string, boolean>>>;
};

type Values = Readonly<Record<string, TierValue>>;

/**
 * Decides all that a store may use. A value is the merchant's own, else what admins gave the tier, else what the plugin says of
 * the tier. Whatever cannot be decided is off, or 0.
 */
export function computeGate(declared: Declarations, catalogue: Catalogue, input: GateInput): Gate {
  const { tier, overrides } = input;
  const plugins = pluginsThatAreOn(declared, [catalogue.plugins.get(tier) ?? {}, input.plugins]);
  const given = (code: string) => firstOf(code, [overrides, catalogue.values.get(tier) ?? {}]);

  const features = new Set<string>();
  for (const { code, plugin, tier: lowest } of declared.features.values()) {
    const isOn = given(code) ?? reaches(catalogue, tier, lowest);
    if (plugins.has(plugin) && isOn === true) features.add(code);
  }

  const limits = new Map<string, number | null>();
  for (const { code, plugin, tiers } of declared.limits.values()) {
    const own = given(code);
    const most = own === undefined ? firstOf(tier, [tiers]) : own;
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
  const has = (tier: string) =>
    firstOf(code, [catalogue.values.get(tier) ?? {}]) ?? reaches(catalogue, tier, feature?.tier);
  return feature && catalogue.tiers.find((tier) => has(tier.code) === true)?.title;
}

/** A plugin is on when nobody switched it off, and all it depends on is on. */
function pluginsThatAreOn(
  declared: Declarations,
  switches: readonly Readonly<Record<string, boolean>>[],
): Set<string> {
  const verdicts = new Map<string, boolean>();
  const isOn = (plugin: string): boolean => {
    const known = verdicts.get(plugin);
    if (known !== undefined) return known;
    verdicts.set(plugin, false); // a circle of dependencies never comes on
    const needs = declared.plugins.get(plugin);
    const verdict =
      needs !== undefined && switches.every((layer) => layer[plugin] !== false) && needs.every(isOn);
    verdicts.set(plugin, verdict);
    return verdict;
  };
  return new Set([...declared.plugins.keys()].filter(isOn));
}

/** Null is a value too: no limit. */
function firstOf(code: string, layers: readonly Values[]): TierValue | undefined {
  return layers.find((layer) => Object.hasOwn(layer, code))?.[code];
}

function reaches({ tiers }: Catalogue, tier: string, lowest: string | undefined): boolean {
  if (lowest === undefined) return true;
  const place = (code: string) => tiers.findIndex((known) => known.code === code);
  return place(lowest) !== -1 && place(tier) >= place(lowest);
}
