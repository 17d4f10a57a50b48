import type { KernelServices, Manifest } from 'kontor/sdk';
import { enterAs } from '../context.ts';
import { inTime } from '../hooks/in-time.ts';
import type { EnterPlugin, KernelLog, LoadedPlugin, Migrator, PluginFollower, PluginSet } from '../parts.ts';
import type { Found } from './discover.ts';
import { definitionOf, migrationsOf } from './load.ts';
import { createServiceRoom, type ServiceRoom } from './services.ts';

type Loaded = Omit<LoadedPlugin, 'services'>;
type Instance = LoadedPlugin & { readonly room: ServiceRoom; readonly company: string };
/** Plugin id to why it cannot run, in a sentence. */
export type Failures = Map<string, string>;

/** Milliseconds that the code of a plugin may take to load, to start, to stop. */
const HOOK_LIMIT = 10_000;

/**
 * The plugins that run in this process. `become` makes it the given set: what is new is migrated, loaded, wired and
 * started, everybody is told, what is gone is stopped. It answers who failed; the caller decides and tries again.
 */
export function createRuntime(deps: {
  log: KernelLog;
  migrator: Pick<Migrator, 'prepare' | 'up'>;
  followers: readonly PluginFollower[];
  kernelServicesFor: (plugin: string) => KernelServices;
  enter: EnterPlugin;
  hookLimit?: number;
}) {
  const { hookLimit = HOOK_LIMIT } = deps;
  /** Code that is loaded stays until the process ends: a newer version on disk waits for the next start. */
  const loaded = new Map<string, Loaded>();
  const started = new Set<Instance>();
  let instances = new Map<string, Instance>();
  let known: readonly Manifest[] = [];
  let running: readonly Instance[] = [];
  const neighbours = { manifests: () => known, room: (id: string) => instances.get(id)?.room };

  async function become(order: readonly Found[], manifests: readonly Manifest[]): Promise<Failures> {
    known = manifests;
    const unprepared = await alongGraph(order, prepare);
    if (unprepared.size > 0) return unprepared;
    const refused = wire(order) ?? (await tell([...instances.values()]));
    if (refused) return new Map([refused]);
    const gone = running.filter((one) => instances.get(one.manifest.id) !== one);
    running = [...instances.values()];
    for (const instance of gone.reverse()) await stop(instance);
    return alongGraph(running, start);
  }

  async function prepare(found: Found): Promise<void> {
    const { id } = found.manifest;
    if (instances.has(id)) return;
    await deps.migrator.prepare(id);
    await deps.migrator.up(id, await migrationsOf(found));
    await load(found);
  }

  async function load(found: Found): Promise<Loaded> {
    const { id } = found.manifest;
    const plugin = loaded.get(id) ?? {
      ...found,
      definition: await bounded(`loading ${id}`, () => definitionOf(found)),
    };
    loaded.set(id, plugin);
    return plugin;
  }

  /** Makes the services of what is new, and of what gained or lost optional company: a service keeps what it was made with. */
  function wire(order: readonly Found[]): [id: string, reason: string] | undefined {
    const present = new Set(order.map(({ manifest }) => manifest.id));
    const next = order.map(({ manifest: { id } }): Instance => {
      const plugin = loaded.get(id)!;
      const others = Object.keys(plugin.manifest.worksWith ?? {}).filter((other) => present.has(other));
      const company = others.sort().join();
      const old = instances.get(id);
      if (old?.company === company) return old;
      const kernel = deps.kernelServicesFor(id);
      const room = createServiceRoom({ plugin, kernel, neighbours, enter: deps.enter });
      return { ...plugin, services: room.cradle, room, company };
    });
    instances = new Map(next.map((instance) => [instance.manifest.id, instance]));
    for (const { manifest, definition, room } of next) {
      try {
        for (const service of Object.keys(definition.services ?? {})) room.give(service);
      } catch (error) {
        return [blamed(error, next) ?? manifest.id, words(error)];
      }
    }
    return undefined;
  }

  /** Every follower takes the set, or the plugin that one of them will not take is named. */
  async function tell(set: PluginSet): Promise<[id: string, reason: string] | undefined> {
    for (const follower of deps.followers) {
      try {
        await follower.follow(set);
      } catch (error) {
        if (set.length === 0) throw error;
        return [blamed(error, set) ?? (await culprit(follower, set)), words(error)];
      }
    }
    return undefined;
  }

  /** Nobody was named: the set grows by one until it is refused. */
  async function culprit(follower: PluginFollower, set: PluginSet): Promise<string> {
    for (let count = 1; count < set.length; count++) {
      try {
        await follower.follow(set.slice(0, count));
      } catch {
        return set[count - 1]!.manifest.id;
      }
    }
    return set.at(-1)!.manifest.id;
  }

  async function start(instance: Instance): Promise<void> {
    if (started.has(instance)) return;
    await hook(instance, 'start');
    started.add(instance);
  }

  async function stop(instance: Instance): Promise<void> {
    if (!started.delete(instance)) return;
    await hook(instance, 'stop').catch((error: unknown) => {
      deps.log.error({ plugin: instance.manifest.id, err: error }, 'a plugin did not stop as it should');
    });
  }

  async function hook({ manifest: { id }, definition, services }: Instance, name: 'start' | 'stop') {
    await bounded(`the ${name} hook of ${id}`, () => deps.enter(id, () => definition[name]?.(services)));
  }

  /** Waits for plugin code, but not for ever. Code that never gives the thread back cannot be stopped from here. */
  function bounded<Value>(what: string, work: () => Value | Promise<Value>): Promise<Value> {
    const late = `${what} did not end within ${hookLimit} ms; it waits for something that never comes`;
    return inTime((async () => work())(), hookLimit, late);
  }

  return {
    become: (order: readonly Found[], manifests: readonly Manifest[]) =>
      alone(() => become(order, manifests)),
    get running(): PluginSet {
      return running;
    },
    /** The plugin as it was loaded, whatever its files say now. */
    asLoaded: (found: Found): Found => loaded.get(found.manifest.id) ?? found,
    /** The definition of a plugin that need not run, for a plan. */
    definition: async (found: Found) => (await alone(() => load(found))).definition,
  };
}

/** Plugin code that is begun here belongs to nobody's request, and to no open transaction. */
function alone<Value>(work: () => Value): Value {
  return enterAs({ actor: { kind: 'system', reason: 'plugins start and stop' } }, work);
}

/** Does work for each plugin after it was done for what it depends on, and side by side where the graph allows. */
async function alongGraph<Plugin extends { manifest: Manifest }>(
  order: readonly Plugin[],
  work: (plugin: Plugin) => Promise<void>,
): Promise<Failures> {
  const failures: Failures = new Map();
  const done = new Map<string, Promise<boolean>>();
  for (const plugin of order) {
    const { id, dependsOn = {} } = plugin.manifest;
    const attempt = async () => {
      const needed = await Promise.all(Object.keys(dependsOn).map((other) => done.get(other)));
      if (!needed.every(Boolean)) return false;
      await work(plugin);
      return true;
    };
    done.set(
      id,
      attempt().catch((error) => {
        failures.set(id, words(error));
        return false;
      }),
    );
  }
  await Promise.all(done.values());
  return failures;
}

/** The last plugin of a set that an error names in its details. */
function blamed(error: unknown, set: PluginSet): string | undefined {
  const { plugin, plugins = [plugin] } =
    (error as { details?: { plugin?: string; plugins?: string[] } }).details ?? {};
  return set.findLast(({ manifest }) => plugins.includes(manifest.id))?.manifest.id;
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
