import type { Manifest } from 'kontor/sdk';
import { satisfies } from 'semver';
import { byId, type Found, shown } from './discover.ts';

type Refusal = readonly [id: string, sentence: string] | undefined;

/**
 * Which plugins can run together, in the order of the dependency graph (then by id), and a sentence for each that cannot.
 * What depends on a refused plugin goes along, with the chain. The order of the input makes no difference.
 *
 * @param absent - plugins that are there but do not run, with why: `is disabled`
 */
export function solve<Plugin extends Pick<Found, 'manifest' | 'folder'>>(input: {
  plugins: readonly Plugin[];
  contract: string;
  absent?: ReadonlyMap<string, string>;
}): { order: Plugin[]; refused: Map<string, string> } {
  const { contract, absent } = input;
  const standing = new Map(input.plugins.toSorted(byId).map((plugin) => [plugin.manifest.id, plugin]));
  const refused = new Map<string, string>();
  for (;;) {
    const order = inOrder(standing);
    const refusal =
      first(unmetNeed) ?? firstCycle(standing, order) ?? firstDuplicate(order) ?? first(badCompany);
    if (!refusal) return { order, refused };
    refused.set(...refusal);
    standing.delete(refusal[0]);
  }

  function first(fault: (manifest: Manifest) => string | undefined): Refusal {
    for (const [id, { manifest }] of standing) {
      const sentence = fault(manifest);
      if (sentence) return [id, `${id} ${manifest.version} ${sentence}`];
    }
    return undefined;
  }

  function unmetNeed({ id, requires, dependsOn = {} }: Manifest): string | undefined {
    if (!satisfies(contract, requires)) {
      const fix = `install a version of ${id} made for contract ${contract}`;
      return `wants the kernel contract ${requires}, found ${contract}; ${fix}`;
    }
    for (const [other, range] of Object.entries(dependsOn)) {
      const why = refused.get(other);
      const state = why ? `is set aside: ${why}` : (absent?.get(other) ?? 'is not here; install it');
      const unmet = standing.has(other) ? mismatch(other, range) : `which ${state}`;
      if (unmet) return `wants ${other} ${range}, ${unmet}`;
    }
    return undefined;
  }

  function badCompany({ worksWith = {} }: Manifest): string | undefined {
    for (const [other, range] of Object.entries(worksWith)) {
      const wrong = mismatch(other, range);
      if (wrong) return `works with ${other} ${range} only, ${wrong}`;
    }
    return undefined;
  }

  function mismatch(other: string, range: string): string | undefined {
    const found = standing.get(other);
    if (!found || satisfies(found.manifest.version, range, { includePrerelease: true })) return undefined;
    const { version } = found.manifest;
    return `found ${other} ${version} (${shown(found.folder)}); install ${other} ${range}, or a version that takes ${version}`;
  }
}

/** Kahn's way: by id among what is ready. Optional company comes first too, unless that would make a circle. */
function inOrder<Plugin extends { manifest: Manifest }>(standing: ReadonlyMap<string, Plugin>): Plugin[] {
  const waiting = new Map(standing);
  const isReady = (ranges: object = {}) => Object.keys(ranges).every((id) => !waiting.has(id));
  const order: Plugin[] = [];
  for (;;) {
    const able = [...waiting.values()].filter(({ manifest }) => isReady(manifest.dependsOn));
    const next = able.find(({ manifest }) => isReady(manifest.worksWith)) ?? able[0];
    if (!next) return order;
    order.push(next);
    waiting.delete(next.manifest.id);
  }
}

/** Whoever found no place stands in a circle or behind one: walk on until a plugin comes twice. */
function firstCycle(
  standing: ReadonlyMap<string, { manifest: Manifest }>,
  order: readonly { manifest: Manifest }[],
): Refusal {
  const placed = new Set(order.map(({ manifest }) => manifest.id));
  const stuck = (ids: Iterable<string>) => [...ids].find((id) => standing.has(id) && !placed.has(id));
  const path: string[] = [];
  let id = stuck(standing.keys());
  while (id && !path.includes(id)) {
    path.push(id);
    id = stuck(Object.keys(standing.get(id)!.manifest.dependsOn ?? {}));
  }
  if (!id) return undefined;
  const circle = [...path.slice(path.indexOf(id)), id].join(' -> ');
  return [id, `${id} depends on itself: ${circle}; take one of these out of dependsOn`];
}

function firstDuplicate(order: readonly Pick<Found, 'manifest' | 'folder'>[]): Refusal {
  const owners = new Map<string, string>();
  for (const { manifest, folder } of order) {
    const me = `${manifest.id} (${shown(folder)})`;
    for (const name of ownNames(manifest)) {
      const sentence = `The ${name} is declared by ${owners.get(name)} and again by ${me}; rename one of the two`;
      if (owners.has(name)) return [manifest.id, sentence];
      owners.set(name, me);
    }
  }
  return undefined;
}

/** Everything a plugin alone may declare, each with its kind. */
function ownNames({ features = [], limits = [], permissions = [], declares = {} }: Manifest): Set<string> {
  return new Set([
    ...[...features, ...limits].map(({ code }) => `feature or limit '${code}'`),
    ...permissions.map(({ code }) => `permission '${code}'`),
    ...Object.entries(declares).flatMap(([kind, names]) =>
      names.map((name) => `${kind.slice(0, -1)} '${name}'`),
    ),
  ]);
}
