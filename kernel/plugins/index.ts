import { join } from 'node:path';
import { CONTRACT_VERSION, type KernelServices, type Manifest } from 'kontor/sdk';
import type {
  Change,
  Changes,
  Config,
  EnterPlugin,
  KernelDatabase,
  KernelLog,
  Migrator,
  PluginChange,
  PluginFollower,
  PluginHost,
  PluginPlan,
  PluginReport,
} from '../parts.ts';
import { createArchives } from './archive.ts';
import { discover, type Found, type Places } from './discover.ts';
import { errors } from './errors.ts';
import { createPlanner } from './plan.ts';
import { createRuntime, type Failures } from './runtime.ts';
import { solve } from './solve.ts';
import { createPluginStates, type PluginRow } from './state.ts';

export { createEnter } from './enter.ts';
export { createPoints } from './points.ts';

export type PluginHostDeps = {
  config: Config;
  log: KernelLog;
  clock: KernelServices['clock'];
  database: KernelDatabase;
  migrator: Migrator;
  changes: Changes;
  metrics: KernelServices['metrics'];
  followers: readonly PluginFollower[];
  kernelServicesFor: (plugin: string) => KernelServices;
  enter: EnterPlugin;
  /** Each takes a plugin's rows out of the tables of one part of the kernel. */
  purgers: readonly ((plugin: string) => Promise<void>)[];
  /** Where plugins are looked for besides the folders of the config; this repository's own places when left out. */
  places?: Omit<Places, 'folders'>;
  /** Milliseconds; ten seconds when left out. */
  hookLimit?: number;
};

/** What every node is told when the set of plugins changes. */
const PLUGINS: Change = { topic: 'plugins', key: '*' };
const ONE_CHANGE = 5_346_310_006; // advisory lock: plans are checked and carried out one at a time

/** What was found on disk, and what the platform remembers of it. */
export type World = { found: readonly Found[]; setAside: Failures; rows: ReadonlyMap<string, PluginRow> };

/** Finds plugins, judges them, and keeps the running set as the platform wants it, on this node, without a restart. */
export function createPluginHost(deps: PluginHostDeps): PluginHost {
  const states = createPluginStates(deps);
  const runtime = createRuntime(deps);
  const places = { ...(deps.places ?? ownPlaces()), folders: deps.config.plugins.folders };
  const quarantined = deps.metrics.gauge('kontor_plugins_quarantined', 'Plugins that are on but cannot run');
  /** Who failed, and for which state of the world: it is tried again when that has changed. */
  const failed = new Map<string, { stamp: string; reason: string }>();
  let quarantine: Failures = new Map();
  let turn: Promise<void> = Promise.resolve();
  let stopListening: (() => void) | undefined;

  async function look(): Promise<World> {
    const { found, setAside } = await discover(places);
    const rows = await states.register(found);
    return {
      found: found.map(runtime.asLoaded),
      rows,
      setAside: new Map(setAside.map(({ id, reason }) => [id, reason])),
    };
  }

  /** Which plugins should run now, less those that failed in this very state. */
  function wanted(world: World): { order: Found[]; refused: Failures } {
    const enabled = world.found.filter(({ manifest }) => world.rows.get(manifest.id)?.state === 'enabled');
    const isFailed = (found: Found) => failed.get(found.manifest.id)?.stamp === stampOf(world, found);
    const bad = enabled.filter(isFailed).map(({ manifest: { id } }) => [id, failed.get(id)!.reason] as const);
    const absent = new Map([
      ...[...world.rows.values()].map(({ id, state }) => [id, `is ${state}`] as const),
      ...[...world.setAside, ...bad].map(([id, reason]) => [id, `is set aside: ${reason}`] as const),
    ]);
    const plugins = enabled.filter((found) => !isFailed(found));
    const { order, refused } = solve({ plugins, contract: CONTRACT_VERSION, absent });
    return { order, refused: new Map([...world.setAside, ...refused, ...bad]) };
  }

  async function settle(): Promise<void> {
    const world = await look();
    for (;;) {
      const { order, refused } = wanted(world);
      const manifests = world.found.map(({ manifest }) => manifest);
      const failures = await runtime.become(order, manifests);
      if (failures.size === 0) {
        const isNewer = ({ id, version }: Manifest) => world.rows.get(id)?.version !== version;
        for (const { manifest } of order) {
          if (isNewer(manifest)) await states.setVersion(manifest.id, manifest.version);
        }
        return report(refused);
      }
      for (const [id, reason] of failures) {
        const stamp = stampOf(world, world.found.find(({ manifest }) => manifest.id === id)!);
        failed.set(id, { stamp, reason });
      }
    }
  }

  function report(refused: Failures): void {
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

  /** One admin after the other; whoever is told finds what was written. */
  async function change(write: () => Promise<void>, told: Change = PLUGINS): Promise<void> {
    const { transaction, query } = deps.database.platform;
    await transaction(async () => {
      await query('select pg_advisory_xact_lock($1)', [ONE_CHANGE]);
      await write();
      await deps.changes.announce(told);
    });
    if (stopListening && told === PLUGINS) await refresh();
  }

  const planner = createPlanner({ look, states, runtime, migrator: deps.migrator });
  const archives = createArchives({ ...deps, look, states, runtime, change });

  return {
    ...archives,
    plan: planner,
    async start() {
      await refresh();
      stopListening = deps.changes.on('plugins', () => void refresh().catch(() => undefined));
    },
    async stop() {
      stopListening?.();
      stopListening = undefined;
      await turn;
      await runtime.become([], []);
    },
    get running() {
      return runtime.running;
    },
    async list() {
      const world = await look();
      const why = stopListening ? quarantine : wanted(world).refused;
      return reportsOf(world, why);
    },
    async apply(plan) {
      const { action, plugin, scope } = plan.change;
      const isOn = action === 'enable';
      const ids = [plugin, ...plan.affects];
      const write = async () => {
        refuseStale(plan, await planner(plan.change));
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

function ownPlaces(): Omit<Places, 'folders'> {
  const root = join(import.meta.dirname, '../..');
  return {
    bundled: join(root, 'plugins'),
    modules: [...new Set([join(root, 'node_modules'), join(process.cwd(), 'node_modules')])],
  };
}

function stampOf({ rows }: World, { manifest, folder }: Found): string {
  return [manifest.version, folder, rows.get(manifest.id)?.changed_at.getTime()].join();
}

function reportsOf({ found, rows, setAside }: World, quarantine: Failures): PluginReport[] {
  const ids = [...new Set([...rows.keys(), ...setAside.keys()])].sort();
  return ids.map((id) => {
    const plugin = found.find(({ manifest }) => manifest.id === id);
    const row = rows.get(id);
    const reason =
      quarantine.get(id) ?? (plugin ? undefined : 'its files are not there; put them back, or purge it');
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
