import { createHash } from 'node:crypto';
import { CONTRACT_VERSION, type PluginDefinition } from 'kontor/sdk';
import type { Migrator, PluginChange, PluginPlan } from '../parts.ts';
import type { Found } from './discover.ts';
import type { World } from './index.ts';
import { migrationsOf } from './load.ts';
import { didYouMean } from '../nearest.ts';
import { solve } from './solve.ts';
import type { PluginStates } from './state.ts';

type Draft = Pick<PluginPlan, 'problems' | 'affects'>;

/** Says what a change would do before it is done. The hash covers what is said and the state of the world it is said of. */
export function createPlanner(deps: {
  look: () => Promise<World>;
  states: PluginStates;
  definition: (found: Found) => Promise<PluginDefinition>;
  migrator: Migrator;
}): (change: PluginChange) => Promise<PluginPlan> {
  return async (change) => {
    const world = await deps.look();
    const { problems, affects } = await draft(world, change);
    const touched = [change.plugin, ...affects].flatMap((id) => world.found.get(id) ?? []);
    const isEnabling = change.action === 'enable';
    const isMigrating = isEnabling && change.scope === 'platform' && problems.length === 0;
    const migrations = isMigrating ? await Promise.all(touched.map(migrationsFor)) : [];
    const parts = await Promise.all(touched.map(partsOf));
    const plan = {
      change,
      problems: [...problems, ...(isEnabling ? parts.flatMap(({ faults }) => faults) : [])],
      affects,
      migrations: migrations.flat(),
      permissions: parts.flatMap(({ permissions }) => permissions),
      routes: parts.flatMap(({ routes }) => routes),
      hooks: parts.flatMap(({ hooks }) => hooks),
      jobs: parts.flatMap(({ jobs }) => jobs),
      points: parts.flatMap(({ points }) => points),
    };
    const versions = [...world.found].map(([id, { manifest }]) => [id, manifest.version]);
    const said = JSON.stringify([plan, versions, [...world.rows.values()], [...world.setAside]]);
    return { ...plan, hash: createHash('sha256').update(said).digest('base64url') };
  };

  async function draft(world: World, { plugin, scope, action, along }: PluginChange): Promise<Draft> {
    const ids = [...world.found.keys()];
    if (!ids.includes(plugin)) {
      const why = world.setAside.get(plugin) ?? didYouMean(plugin, ids);
      return { problems: [`There is no plugin '${plugin}' to ${action}; ${why}`], affects: [] };
    }
    const part = scope === 'platform' ? undefined : await deps.states.offIn(scope);
    if (scope !== 'platform' && !part) {
      const place = 'tier' in scope ? `tier '${scope.tier}'` : `store ${scope.storeId}`;
      return { problems: [`There is no ${place}`], affects: [] };
    }
    const isLeft = (id: string) => world.rows.get(id)?.state === 'enabled' && !part?.off.has(id);
    const isOn = (id: string) => [id, ...dependenciesOf(world, id)].every(isLeft);
    const affects =
      action === 'enable'
        ? dependenciesOf(world, plugin).filter((id) => !isOn(id))
        : ids.filter((id) => isOn(id) && dependenciesOf(world, id).includes(plugin));
    const state = world.rows.get(plugin)?.state;
    const problems: string[] = [];
    if (scope === 'platform' && action === 'enable') {
      problems.push(...againstEnabling(world, [plugin, ...affects]));
    } else if (state !== 'enabled') {
      const fix = scope === 'platform' ? 'and cannot be disabled' : 'on the platform; enable it there first';
      problems.push(`${plugin} is ${state} ${fix}`);
    } else if (isOn(plugin) === (action === 'enable')) {
      problems.push(`${plugin} is ${isOn(plugin) ? 'on' : 'off'} here already`);
    } else if (action === 'disable' && affects.length > 0 && !along) {
      const needs = `${affects.join(', ')} ${affects.length > 1 ? 'need' : 'needs'} ${plugin}`;
      problems.push(`${needs}; turn that off first, or along with it`);
    } else if (typeof scope === 'object' && 'storeId' in scope && action === 'enable') {
      const barred = [plugin, ...affects].filter((id) => part?.offForTier.has(id));
      problems.push(...barred.map((id) => `${id} is off for the tier of this store; enable it there first`));
    }
    return { problems, affects };
  }

  async function migrationsFor(found: Found): Promise<PluginPlan['migrations']> {
    const plugin = found.manifest.id;
    const steps = await deps.migrator.plan(plugin, await migrationsOf(found));
    return steps.map((step) => ({ plugin, ...step }));
  }

  /** What a plugin has; of one whose code does not load, what its manifest says. */
  async function partsOf(found: Found) {
    const { permissions = [], declares = {}, contributes = {} } = found.manifest;
    const faults: string[] = [];
    const { routes = [] } = await deps.definition(found).catch((error: Error): PluginDefinition => {
      faults.push(error.message);
      return {};
    });
    return {
      faults,
      permissions: permissions.map(({ code }) => code),
      routes: routes.map(({ method, surface, path }) => `${method} ${surface} ${path}`),
      hooks: [
        ...(contributes.events ?? []).map((name) => `event ${name}`),
        ...Object.keys(contributes.filters ?? {}).map((name) => `filter ${name}`),
        ...Object.keys(contributes.guards ?? {}).map((name) => `guard ${name}`),
      ],
      jobs: declares.jobs ?? [],
      points: contributes.points ?? [],
    };
  }
}

/** Why a plugin cannot be on for the platform, along with what it depends on. */
function againstEnabling({ found, rows, setAside }: World, ids: readonly string[]): string[] {
  const plugin = ids[0]!;
  const isIn = ({ manifest: { id } }: Found) => ids.includes(id) || rows.get(id)?.state === 'enabled';
  const plugins = [...found.values()].filter(isIn);
  const { refused } = solve({ plugins, contract: CONTRACT_VERSION, absent: setAside });
  const closed = ids.filter((id) => rows.get(id)?.state === 'archived');
  return [
    ...(rows.get(plugin)?.state === 'enabled' ? [`${plugin} is enabled already`] : []),
    ...closed.map((id) => `${id} is archived; restore it first`),
    ...(refused.has(plugin) ? [refused.get(plugin)!] : []),
  ];
}

/** What a plugin cannot do without, all the way down, what is needed first coming first. */
function dependenciesOf({ found }: World, plugin: string): string[] {
  const seen = new Set([plugin]);
  const order: string[] = [];
  const visit = (id: string): void => {
    for (const other of Object.keys(found.get(id)?.manifest.dependsOn ?? {}).sort()) {
      if (seen.has(other)) continue;
      seen.add(other);
      visit(other);
      order.push(other);
    }
  };
  visit(plugin);
  return order;
}
