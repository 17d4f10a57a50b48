import { CONTRACT_VERSION, type KernelServices } from 'kontor/sdk';
import type {
  Change,
  Floor,
  Migrator,
  PluginChange,
  PluginFollower,
  PluginHost,
  PluginPlan,
  PluginReport,
} from '../parts.ts';
import { createArchives } from './archive.ts';
import { discover, type Found, ownPlaces, type Places } from './discover.ts';
import { errors } from './errors.ts';
import { createPlanner } from './plan.ts';
import { createRuntime } from './runtime.ts';
import { solve } from './solve.ts';
import { createPluginStates, type PluginRow } from './state.ts';

export { createEnter } from './enter.ts';
export { createPoints } from './points.ts';

export type PluginHostDeps = Omit<Floor, 'random'> & {
  migrator: Migrator;
  followers: readonly PluginFollower[];
  kernelServicesFor: (plugin: string) => KernelServices;
  /** Each takes a plugin's rows out of the tables of one part of the kernel. */
  purgers: readonly ((plugin: string) => Promise<void>)[];
  /** Where plugins are looked for besides the folders of the config; this repository's own places when left out. */
  places?: Omit<Places, 'folders'>;
  /** Milliseconds; ten seconds when left out. */
  hookLimit?: number;
  /** Milliseconds until a change that could not be followed is followed; five seconds when left out. */
  retryAfter?: number;
};

/** What every node is told when the set of plugins changes. */
const PLUGINS: Change = { topic: 'plugins', key: '*' };
const RETRY_AFTER = 5_000; // ms
const ONE_CHANGE = 5_346_310_006; // advisory lock: plans are checked and carried out one at a time

/** What was found on disk, and what the platform remembers of it. */
export type World = {
  found: ReadonlyMap<string, Found>;
  setAside: ReadonlyMap<string, string>;
  rows: ReadonlyMap<string, PluginRow>;
};

/** Finds plugins, judges them, and keeps the running set as the platform wants it, on this node, without a restart. */
export function createPluginHost(deps: PluginHostDeps): PluginHost {
  const states = createPluginStates(deps);
  const runtime = createRuntime(deps);
  const places = { ...(deps.places ?? ownPlaces()), folders: deps.config.plugins.folders };
  const quarantined = deps.metrics.gauge('kontor_plugins_quarantined', 'Plugins that are on but cannot run');
  /** Who failed, and for which state of the world: it is tried again when that has changed. */
  const failed = new Map<string, { stamp: string; reason: string }>();
  let quarantine: ReadonlyMap<string, string> = new Map();
  let turn: Promise<void> = Promise.resolve();
  let stopListening = () => {};
  let retry: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function look(): Promise<World> {
    const { found, setAside } = await discover(places);
    const rows = await states.register(found);
    return {
      found: new Map(found.map((plugin) => [plugin.manifest.id, runtime.asLoaded(plugin)])),
      setAside: new Map(setAside.map(({ id, reason }) => [id, reason])),
      rows,
    };
  }

  /** Which plugins should run now, less those that failed in this very state. */
  function wanted({ found, rows, setAside }: World) {
    const refused = new Map(setAside);
    const plugins = [...found.values()].filter((plugin) => {
      const { id } = plugin.manifest;
      if (rows.get(id)?.state !== 'enabled') return false;
      const failure = failed.get(id);
      if (failure?.stamp !== stampOf(plugin, rows)) return true;
      refused.set(id, failure.reason);
      return false;
    });
    const absent = new Map([...rows.values()].map(({ id, state }) => [id, `is ${state}`]));
    for (const [id, reason] of refused) absent.set(id, `is set aside: ${reason}`);
    const solved = solve({ plugins, contract: CONTRACT_VERSION, absent });
    return { order: solved.order, refused: new Map([...refused, ...solved.refused]) };
  }

  async function settle(): Promise<void> {
    const world = await look();
    const manifests = [...world.found.values()].map(({ manifest }) => manifest);
    for (;;) {
      const { order, refused } = wanted(world);
      const failures = await runtime.become(order, manifests);
      for (const plugin of order) {
        const { id, version } = plugin.manifest;
        const reason = failures.get(id);
        if (reason !== undefined) failed.set(id, { stamp: stampOf(plugin, world.rows), reason });
        else if (failures.size === 0 && world.rows.get(id)?.version !== version)
          await states.setVersion(id, version);
      }
      if (failures.size === 0) return report(refused);
    }
  }

  function report(refused: ReadonlyMap<string, string>): void {
    for (const [plugin, reason] of refused) {
      if (quarantine.get(plugin) !== reason) deps.log.error({ plugin, reason }, 'a plugin is set aside');
    }
    quarantine = refused;
    quarantined.set(refused.size);
  }

  /** One after the other, so that two changes do not meet half way. */
  function refresh(): Promise<void> {
    const next = turn.then(settle);
    turn = next.catch((error) => deps.log.error({ err: error }, 'plugins could not be brought up to date'));
    return next;
  }

  /** What was told once must not be missed because the database was away just then. */
  function followTold(): void {
    clearTimeout(retry);
    refresh().catch(() => {
      if (!isStopped) retry = setTimeout(followTold, deps.retryAfter ?? RETRY_AFTER).unref();
    });
  }

  /** One admin after the other; whoever is told finds what was written. */
  async function change(write: () => Promise<void>, told: Change = PLUGINS): Promise<void> {
    const { transaction, query } = deps.database.platform;
    await transaction(async () => {
      await query('select pg_advisory_xact_lock($1)', [ONE_CHANGE]);
      await write();
      await deps.changes.announce(told);
    });
    if (told === PLUGINS) await refresh();
  }

  const { definition } = runtime;
  const plan = createPlanner({ look, states, definition, migrator: deps.migrator });

  return {
    ...createArchives({ ...deps, look, states, change }),
    plan,
    async start() {
      await refresh();
      stopListening = deps.changes.on('plugins', followTold);
    },
    async stop() {
      isStopped = true;
      stopListening();
      clearTimeout(retry);
      await turn;
      await runtime.become([], []);
    },
    get running() {
      return runtime.running;
    },
    list: async () => reportsOf(await look(), quarantine),
    async apply(applied) {
      const { action, plugin, scope } = applied.change;
      const isOn = action === 'enable';
      const ids = [plugin, ...applied.affects];
      const write = async () => {
        refuseStale(applied, await plan(applied.change));
        if (scope === 'platform') await states.setState(ids, isOn ? 'enabled' : 'disabled');
        // What depends on it follows by itself, and comes back with it.
        else await states.setOn(scope, isOn ? ids : [plugin], isOn);
      };
      await change(write, toldOf(scope));
      const reason = isOn && scope === 'platform' && ids.map((id) => quarantine.get(id)).find(Boolean);
      if (reason) throw new errors.KERNEL_ERR_PLUGIN_SET_UP(plugin, reason);
    },
  };
}

function toldOf(scope: PluginChange['scope']): Change {
  if (scope === 'platform') return PLUGINS;
  return 'tier' in scope ? { topic: 'tier', key: scope.tier } : { topic: 'store', key: `${scope.storeId}` };
}

function refuseStale(plan: PluginPlan, now: PluginPlan): void {
  if (JSON.stringify(now) !== JSON.stringify(plan)) {
    const isSameWorld = now.hash === plan.hash;
    const reason = isSameWorld ? 'its content was changed by hand' : 'the world has changed since';
    throw new errors.KERNEL_ERR_PLAN_STALE(reason);
  }
  if (plan.problems.length > 0) throw new errors.KERNEL_ERR_PLAN_PROBLEMS(plan.problems.join('. '));
}

function stampOf({ manifest: { id, version }, folder }: Found, rows: World['rows']): string {
  return [version, folder, rows.get(id)?.changed_at.getTime()].join();
}

function reportsOf(
  { found, rows, setAside }: World,
  quarantine: ReadonlyMap<string, string>,
): PluginReport[] {
  const ids = [...new Set([...rows.keys(), ...setAside.keys()])].sort();
  return ids.map((id) => {
    const plugin = found.get(id);
    const row = rows.get(id);
    const gone = plugin ? undefined : 'its files are not there; put them back, or purge it';
    const reason = quarantine.get(id) ?? gone;
    return {
      id,
      version: plugin?.manifest.version ?? row?.version ?? '',
      title: plugin?.manifest.title ?? id,
      source: plugin?.source ?? 'missing',
      state: row?.state ?? 'installed',
      ...(reason ? { quarantine: reason } : {}),
    };
  });
}
