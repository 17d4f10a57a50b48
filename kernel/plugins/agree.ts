import type { Manifest, PluginDefinition } from 'kontor/sdk';

const KINDS = ['events', 'filters', 'guards', 'points'] as const;

/** Where data and code of a plugin disagree, a sentence each. The data was judged; the code must do just what it says. */
export function disagreements(
  { declares = {}, contributes = {} }: Manifest,
  definition: PluginDefinition,
): string[] {
  return [
    ...compare('declares.services', declares.services, 'services', definition.services),
    ...compare('declares.jobs', declares.jobs, 'jobs', definition.jobs),
    ...KINDS.flatMap((kind) => [
      ...compare(`declares.${kind}`, declares[kind], `declares.${kind}`, definition.declares?.[kind]),
      ...compare(`contributes.${kind}`, contributes[kind], kind, definition[kind]),
    ]),
  ];
}

function compare(said: string, names: object = {}, made: string, parts: object = {}): string[] {
  const named: string[] = Array.isArray(names) ? names : Object.keys(names);
  const there = Object.keys(parts);
  const unmade = named
    .filter((name) => !there.includes(name))
    .map((name) => `plugin.json names '${name}' in ${said}, but the definition has no ${made}['${name}']`);
  const unnamed = there
    .filter((name) => !named.includes(name))
    .map((name) => `the definition has ${made}['${name}'], but plugin.json does not name it in ${said}`);
  return [...unmade, ...unnamed].map((sentence) => `${sentence}; add it there`);
}
