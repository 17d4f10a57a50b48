import type { Manifest } from 'kontor/sdk';
import { enterAs } from '../context.ts';
import { inTime } from '../hooks/in-time.ts';
import type { LoadedPlugin, PluginFollower, PluginSet } from '../parts.ts';
import type { Found } from './discover.ts';
import type { PluginHostDeps } from './index.ts';
import { definitionOf, migrationsOf } from './load.ts';
import { createServiceRoom, type ServiceRoom } from './services.ts';

type Loaded = Omit<LoadedPlugin, 'services'>;
type Instance = LoadedPlugin & { readonly room: ServiceRoom; readonly company: string };
/** Plugin id to why it cannot run, in a sentence. */
type Failures = Map<string, string>;
type Refusal = readonly [id: string, reason: string] | undefined;

/** Milliseconds that the code of a plugin may take to load, to start, to stop. */
const HOOK_LIMIT = 10_000;

/**
 * The plugins that run in this process. `become` makes it the given set: what is new is migrated, loaded, wired and
 * started, everybody is told, what is gone is stopped. It answers who failed; the caller decides and tries again.
 */
export function createRuntime(deps: PluginHostDeps) {
  const { hookLimit = HOOK_LIMIT } = deps;
  /** Code that is loaded stays until the process ends: a newer version on disk waits for the next start. */
  const loaded = new Map<string, Loaded>();
  const started = new Set<Instance>();
  let instances = new Map<string, Instance>();
  let known: readonly Manifest[] = [];
  let running: readonly Instance[] = [];
  /** The set that every follower has taken; who took one that another refused is told again. */
  let told: readonly Instance[] | undefined;
  const neighbours = { manifests: () => known, room: (id: string) => instances.get(id)?.room };

  async function become(order: readonly Found[], manifests: readonly Manifest[]): Promise<Failures> {
    known = manifests;
    const unprepared = await alongGraph(order, prepare);
    if (unprepared.size > 0) return unprepared;
    let refusal = wire(order);
    if (refusal) return new Map([refusal]);
    const next = [...instances.values()];
    const isNews = next.length !== told?.length || next.some((one, index) => one !== told?.[index]);
    for (const follower of isNews ? deps.followers : []) refusal ??= await ask(follower, next);
    told = refusal ? undefined : next;
    if (refusal) return new Map([refusal]);
    const gone = running.filter((one) => !next.includes(one));
    running = next;
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
  function wire(order: readonly Found[]): Refusal {
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

  /** A follower takes the set, or the plugin is named because of which it will not. */
  async function ask(follower: PluginFollower, set: PluginSet): Promise<Refusal> {
    try {
      await follower.follow(set);
      return undefined;
    } catch (error) {
      const last = set.at(-1)?.manifest.id;
      if (last === undefined) throw error;
      const named = blamed(error, set);
      if (named) return [named, words(error)];
      // Nobody was named: the set shrinks until it is taken.
      return (await ask(follower, set.slice(0, -1))) ?? [last, words(error)];
    }
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
