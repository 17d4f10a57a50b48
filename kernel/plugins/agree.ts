import type { Manifest, PluginDefinition } from 'kontor/sdk';

/** Where data and code of a plugin disagree, a sentence each. The data was judged; the code must do just what it says. */
export function disagreements(manifest: Manifest, definition: PluginDefinition): string[] {
  const { declares = {}, contributes = {} } = manifest;
  const own = definition.declares ?? {};
  return [
    ...compare('declares.services', declares.services, 'services', definition.services),
    ...compare('declares.events', declares.events, 'declares.events', own.events),
    ...compare('declares.filters', declares.filters, 'declares.filters', own.filters),
    ...compare('declares.guards', declares.guards, 'declares.guards', own.guards),
    ...compare('declares.points', declares.points, 'declares.points', own.points),
    ...compare('declares.jobs', declares.jobs, 'jobs', definition.jobs),
    ...compare('contributes.events', contributes.events, 'events', definition.events),
    ...compare('contributes.filters', Object.keys(contributes.filters ?? {}), 'filters', definition.filters),
    ...compare('contributes.guards', Object.keys(contributes.guards ?? {}), 'guards', definition.guards),
    ...compare('contributes.points', contributes.points, 'points', definition.points),
  ];
}

function compare(said: string, names: readonly string[] = [], made: string, parts: object = {}): string[] {
  const there = Object.keys(parts);
  return [
    ...names
      .filter((name) => !there.includes(name))
      .map(
        (name) =>
          `plugin.json names '${name}' in ${said}, but the definition has no ${made}['${name}']; add it there`,
      ),
    ...there
      .filter((name) => !names.includes(name))
      .map(
        (name) =>
          `the definition has ${made}['${name}'], but plugin.json does not name it in ${said}; add it there`,
      ),
  ];
}
