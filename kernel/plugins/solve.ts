import type { Manifest } from 'kontor/sdk';
import { satisfies } from 'semver';
import { shown, type Found } from './discover.ts';

type Standing<Plugin> = Map<string, Plugin>;
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
  const sorted = [...input.plugins].sort((a, b) => (a.manifest.id < b.manifest.id ? -1 : 1));
  const standing: Standing<Plugin> = new Map(sorted.map((plugin) => [plugin.manifest.id, plugin]));
  const refused = new Map<string, string>();
  for (;;) {
    const world = { standing, refused, absent: input.absent ?? new Map(), contract: input.contract };
    const order = inOrder(standing);
    const refusal =
      firstUnmet(world) ?? firstCycle(standing, order) ?? firstDuplicate(order) ?? firstBadCompany(standing);
    if (!refusal) {
      return { order, refused };
    }
    refused.set(...refusal);
    standing.delete(refusal[0]);
  }
}

type World = {
  standing: Standing<Pick<Found, 'manifest' | 'folder'>>;
  refused: ReadonlyMap<string, string>;
  absent: ReadonlyMap<string, string>;
  contract: string;
};

function firstUnmet(world: World): Refusal {
  for (const [id, { manifest }] of world.standing) {
    const me = `${id} ${manifest.version}`;
    if (!satisfies(world.contract, manifest.requires)) {
      const fix = `install a version of ${id} made for contract ${world.contract}`;
      return [id, `${me} wants the kernel contract ${manifest.requires}, found ${world.contract}; ${fix}`];
    }
    for (const [other, range] of Object.entries(manifest.dependsOn ?? {})) {
      const unmet = unmetDependency({ world, other, range });
      if (unmet) {
        return [id, `${me} wants ${other} ${range}, ${unmet}`];
      }
    }
  }
  return undefined;
}

function unmetDependency(input: { world: World; other: string; range: string }): string | undefined {
  const { world, other, range } = input;
  const found = world.standing.get(other);
  if (!found) {
    const why = world.refused.get(other);
    return why
      ? `which is set aside: ${why}`
      : `which ${world.absent.get(other) ?? 'is not here; install it'}`;
  }
  return mismatch(found, range);
}

function mismatch(found: Pick<Found, 'manifest' | 'folder'>, range: string): string | undefined {
  const { id, version } = found.manifest;
  return satisfies(version, range, { includePrerelease: true })
    ? undefined
    : `found ${id} ${version} (${shown(found.folder)}); install ${id} ${range}, or a version that takes ${version}`;
}

/** Kahn's way: by id among what is ready. Optional company comes first too, unless that would make a circle. */
function inOrder<Plugin extends { manifest: Manifest }>(standing: Standing<Plugin>): Plugin[] {
  const order: Plugin[] = [];
  const placed = new Set<string>();
  const isReady = (ranges: object = {}) =>
    Object.keys(ranges).every((id) => placed.has(id) || !standing.has(id));
  for (let waiting = [...standing.values()]; waiting.length > 0; ) {
    const able = waiting.filter(({ manifest }) => isReady(manifest.dependsOn));
    const next = able.find(({ manifest }) => isReady(manifest.worksWith)) ?? able[0];
    if (!next) {
      break;
    }
    order.push(next);
    placed.add(next.manifest.id);
    waiting = waiting.filter((plugin) => plugin !== next);
  }
  return order;
}

/** Whoever found no place stands in a circle or behind one: walk on until a plugin comes twice. */
function firstCycle(
  standing: Standing<{ manifest: Manifest }>,
  order: readonly { manifest: Manifest }[],
): Refusal {
  const placed = new Set(order.map(({ manifest }) => manifest.id));
  const stuck = (ids: Iterable<string>) => [...ids].find((id) => standing.has(id) && !placed.has(id));
  const path: string[] = [];
  for (
    let id = stuck(standing.keys());
    id;
    id = stuck(Object.keys(standing.get(id)!.manifest.dependsOn ?? {}))
  ) {
    if (path.includes(id)) {
      const circle = [...path.slice(path.indexOf(id)), id].join(' -> ');
      return [id, `${id} depends on itself: ${circle}; take one of these out of dependsOn`];
    }
    path.push(id);
  }
  return undefined;
}

function firstDuplicate(order: readonly Pick<Found, 'manifest' | 'folder'>[]): Refusal {
  const owners = new Map<string, Pick<Found, 'manifest' | 'folder'>>();
  for (const plugin of order) {
    for (const name of ownNames(plugin.manifest)) {
      const owner = owners.get(name);
      if (owner) {
        const [mine, other] = [plugin, owner].map((one) => `${one.manifest.id} (${shown(one.folder)})`);
        return [
          plugin.manifest.id,
          `The ${name} is declared by ${other} and again by ${mine}; rename one of the two`,
        ];
      }
      owners.set(name, plugin);
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

function firstBadCompany(standing: Standing<Pick<Found, 'manifest' | 'folder'>>): Refusal {
  for (const [id, { manifest }] of standing) {
    for (const [other, range] of Object.entries(manifest.worksWith ?? {})) {
      const found = standing.get(other);
      const wrong = found && mismatch(found, range);
      if (wrong) {
        return [id, `${id} ${manifest.version} works with ${other} ${range} only, ${wrong}`];
      }
    }
  }
  return undefined;
}
