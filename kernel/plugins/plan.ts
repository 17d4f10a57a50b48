import { createHash } from 'node:crypto';
import { CONTRACT_VERSION, type Manifest, type PluginDefinition } from 'kontor/sdk';
import type { Migrator, PluginChange, PluginPlan } from '../parts.ts';
import type { Found } from './discover.ts';
import type { World } from './index.ts';
import { migrationsOf } from './load.ts';
import { didYouMean } from '../nearest.ts';
import { solve } from './solve.ts';
import type { PluginStates } from './state.ts';

type Draft = Pick<PluginPlan, 'problems' | 'affects'>;
/** What is said of plugins for the tier and the store of a change; a plugin left out is on. */
type Said = ReadonlyMap<string, boolean>;
const NONE: Said = new Map();

/** Says what a change would do before it is done. The hash covers what is said and the state of the world it is said of. */
export function createPlanner(deps: {
  look: () => Promise<World>;
  states: PluginStates;
  runtime: { definition(found: Found): Promise<PluginDefinition> };
  migrator: Pick<Migrator, 'plan'>;
}): (change: PluginChange) => Promise<PluginPlan> {
  return async (change) => {
    const world = await deps.look();
    const { problems, affects, said } = await draft(world, change);
    const touched = [change.plugin, ...affects].flatMap(
      (id) => world.found.find(({ manifest }) => manifest.id === id) ?? [],
    );
    const contents = await Promise.all(touched.map(contentOf));
    const isMigrating = change.action === 'enable' && change.scope === 'platform' && problems.length === 0;
    const all = (pick: (content: Content) => readonly string[]) => contents.flatMap(pick);
    const plan = {
      change,
      problems: [...problems, ...(change.action === 'enable' ? all(({ fault }) => fault) : [])],
      affects,
      migrations: isMigrating ? (await Promise.all(touched.map(migrations))).flat() : [],
      permissions: all(({ manifest }) => (manifest.permissions ?? []).map(({ code }) => code)),
      routes: all(({ definition }) =>
        (definition.routes ?? []).map((one) => `${one.method} ${one.surface} ${one.path}`),
      ),
      hooks: all(({ manifest }) => hooksOf(manifest)),
      jobs: all(({ manifest }) => manifest.declares?.jobs ?? []),
      points: all(({ manifest }) => manifest.contributes?.points ?? []),
    };
    const versions = world.found.map(({ manifest }) => [manifest.id, manifest.version]);
    return {
      ...plan,
      hash: hashOf([plan, versions, [...world.rows.values()], [...world.setAside], [...said]]),
    };
  };

  async function draft(world: World, change: PluginChange): Promise<Draft & { said: Said }> {
    const { plugin, scope, action } = change;
    const nothing = (problem: string) => ({ problems: [problem], affects: [], said: NONE });
    const ids = world.found.map(({ manifest }) => manifest.id);
    if (!ids.includes(plugin)) {
      const why = world.setAside.get(plugin) ?? didYouMean(plugin, ids);
      return nothing(`There is no plugin '${plugin}' to ${action}; ${why}`);
    }
    if (scope === 'platform') {
      return { ...(action === 'enable' ? enable(world, plugin) : disable(world, plugin)), said: NONE };
    }
    const tier = await deps.states.tierOf(scope);
    if (tier === undefined) {
      return nothing(`There is no ${'tier' in scope ? `tier '${scope.tier}'` : `store ${scope.storeId}`}`);
    }
    const ofStore = 'tier' in scope ? [] : await deps.states.saidOf(scope);
    const said = new Map([...(await deps.states.saidOf({ tier })), ...ofStore]);
    return { ...within(world, change, said), said };
  }

  async function contentOf(found: Found): Promise<Content> {
    try {
      return { manifest: found.manifest, definition: await deps.runtime.definition(found), fault: [] };
    } catch (error) {
      return { manifest: found.manifest, definition: {}, fault: [(error as Error).message] };
    }
  }

  async function migrations(found: Found): Promise<PluginPlan['migrations']> {
    const plugin = found.manifest.id;
    const steps = await deps.migrator.plan(plugin, await migrationsOf(found));
    return steps.map((step) => ({ plugin, ...step }));
  }
}

type Content = { manifest: Manifest; definition: PluginDefinition; fault: string[] };

/** On for the platform: along with what it depends on, if all of that can run together. */
function enable(world: World, plugin: string): Draft {
  const affects = dependenciesOf(world, plugin).filter((id) => world.rows.get(id)?.state !== 'enabled');
  const closed = [plugin, ...affects].filter((id) => world.rows.get(id)?.state === 'archived');
  const isIn = (id: string) =>
    id === plugin || affects.includes(id) || world.rows.get(id)?.state === 'enabled';
  const plugins = world.found.filter(({ manifest }) => isIn(manifest.id));
  const refusal = solve({ plugins, contract: CONTRACT_VERSION, absent: world.setAside }).refused.get(plugin);
  const problems = [
    ...(world.rows.get(plugin)?.state === 'enabled' ? [`${plugin} is enabled already`] : []),
    ...closed.map((id) => `${id} is archived; restore it first`),
    ...(refusal ? [refusal] : []),
  ];
  return { problems, affects };
}

function disable(world: World, plugin: string): Draft {
  const state = world.rows.get(plugin)?.state;
  const affects = dependantsOf(world, plugin).filter((id) => world.rows.get(id)?.state === 'enabled');
  return { problems: state === 'enabled' ? [] : [`${plugin} is ${state} and cannot be disabled`], affects };
}

/** On or off for one tier or store, for plugins that the platform has on. */
function within(world: World, { plugin, action }: PluginChange, said: Said): Draft {
  const state = world.rows.get(plugin)?.state;
  const isOn = (id: string) => world.rows.get(id)?.state === 'enabled' && said.get(id) !== false;
  const problems = [
    ...(state === 'enabled' ? [] : [`${plugin} is ${state} on the platform; enable it there first`]),
    ...(isOn(plugin) === (action === 'enable')
      ? [`${plugin} is ${isOn(plugin) ? 'on' : 'off'} here already`]
      : []),
  ];
  const affects =
    action === 'enable'
      ? dependenciesOf(world, plugin).filter((id) => !isOn(id))
      : dependantsOf(world, plugin).filter(isOn);
  return { problems, affects };
}

/** What a plugin cannot do without, all the way down, what is needed first coming first. */
function dependenciesOf({ found }: World, plugin: string): string[] {
  const seen = new Set<string>();
  const visit = (id: string): void => {
    const manifest = found.find((one) => one.manifest.id === id)?.manifest;
    for (const other of Object.keys(manifest?.dependsOn ?? {}).sort()) {
      if (!seen.has(other) && other !== plugin) {
        visit(other);
        seen.add(other);
      }
    }
  };
  visit(plugin);
  return [...seen];
}

function dependantsOf(world: World, plugin: string): string[] {
  return world.found
    .map(({ manifest }) => manifest.id)
    .filter((id) => dependenciesOf(world, id).includes(plugin));
}

function hooksOf({ contributes = {} }: Manifest): string[] {
  return [
    ...(contributes.events ?? []).map((name) => `event ${name}`),
    ...Object.keys(contributes.filters ?? {}).map((name) => `filter ${name}`),
    ...Object.keys(contributes.guards ?? {}).map((name) => `guard ${name}`),
  ];
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
