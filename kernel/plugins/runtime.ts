import type { KernelServices, Manifest, PluginDefinition } from 'kontor/sdk';
import { enterAs } from '../context.ts';
import type { EnterPlugin, KernelLog, LoadedPlugin, Migrator, PluginFollower, PluginSet } from '../parts.ts';
import type { Found } from './discover.ts';
import { definitionOf, inTime, migrationsOf } from './load.ts';
import { createServiceRoom, type ServiceRoom } from './services.ts';

type Instance = LoadedPlugin & { readonly room: ServiceRoom; readonly company: string; isStarted: boolean };
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
  migrator: Migrator;
  followers: readonly PluginFollower[];
  kernelServicesFor: (plugin: string) => KernelServices;
  enter: EnterPlugin;
  hookLimit?: number;
}) {
  const limit = deps.hookLimit ?? HOOK_LIMIT;
  /** Code that is loaded stays until the process ends: a newer version on disk waits for the next start. */
  const loaded = new Map<string, Found & { definition: PluginDefinition }>();
  const migrated = new Set<string>();
  let instances = new Map<string, Instance>();
  let known: readonly Manifest[] = [];
  let running: PluginSet = [];
  let isSettled = true;
  const neighbours = { manifests: () => known, room: (id: string) => instances.get(id)?.room };

  async function become(order: readonly Found[], manifests: readonly Manifest[]): Promise<Failures> {
    known = manifests;
    const unloaded = await alongGraph(order, load);
    if (unloaded.size > 0) return unloaded;
    const before = running as readonly Instance[];
    const unwired = wire(order);
    if (unwired.size > 0) return unwired;
    const set = [...instances.values()];
    if (!isSettled || set.length !== running.length || set.some((one, index) => one !== running[index])) {
      isSettled = false; // until all have taken it; who took a set that others refuse is told again
      const refusal = await tell(set);
      if (refusal) return new Map([refusal]);
      isSettled = true;
    }
    running = set;
    await stopAll(before.filter((one) => instances.get(one.manifest.id) !== one));
    return alongGraph(set, start);
  }

  async function load(found: Found): Promise<void> {
    const { id } = found.manifest;
    if (!migrated.has(id)) {
      await deps.migrator.prepare(id);
      await deps.migrator.up(id, await migrationsOf(found));
      migrated.add(id);
    }
    if (!loaded.has(id)) loaded.set(id, { ...found, definition: await definitionOf(found, limit) });
  }

  /** Makes the services of what is new, and of what gained or lost optional company: a service keeps what it was made with. */
  function wire(order: readonly Found[]): Failures {
    const present = new Set(order.map(({ manifest }) => manifest.id));
    const next = order.map(({ manifest: { id } }): Instance => {
      const plugin = loaded.get(id)!;
      const others = Object.keys(plugin.manifest.worksWith ?? {}).filter((other) => present.has(other));
      const company = others.sort().join();
      const old = instances.get(id);
      if (old?.company === company) return old;
      const kernel = deps.kernelServicesFor(id);
      const room = createServiceRoom({ plugin, kernel, neighbours, enter: deps.enter });
      return { ...plugin, services: room.cradle, room, company, isStarted: false };
    });
    instances = new Map(next.map((instance) => [instance.manifest.id, instance]));
    const failures: Failures = new Map();
    for (const { manifest, definition, room } of next) {
      try {
        for (const service of Object.keys(definition.services ?? {})) room.give(service);
      } catch (error) {
        failures.set(blamed(error)[0] ?? manifest.id, words(error));
      }
    }
    return failures;
  }

  /** Every follower takes the set, or the plugin that one of them will not take is named. */
  async function tell(set: PluginSet): Promise<[string, string] | undefined> {
    for (const follower of deps.followers) {
      try {
        await follower.follow(set);
      } catch (error) {
        if (set.length === 0) throw error;
        const named = set.findLast(({ manifest }) => blamed(error).includes(manifest.id));
        return [named?.manifest.id ?? (await culprit(follower, set)), words(error)];
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

  async function start(plugin: LoadedPlugin): Promise<void> {
    const instance = plugin as Instance;
    if (instance.isStarted) return;
    await hook(instance, 'start');
    instance.isStarted = true;
  }

  async function stopAll(gone: readonly Instance[]): Promise<void> {
    for (const instance of gone.filter(({ isStarted }) => isStarted).reverse()) {
      instance.isStarted = false;
      await hook(instance, 'stop').catch((error: unknown) => {
        deps.log.error({ plugin: instance.manifest.id, err: error }, 'a plugin did not stop as it should');
      });
    }
  }

  async function hook({ manifest, definition, services }: Instance, name: 'start' | 'stop'): Promise<void> {
    const what = `the ${name} hook of ${manifest.id}`;
    await inTime({ limit, what }, () => deps.enter(manifest.id, () => definition[name]?.(services)));
  }

  return {
    become: (order: readonly Found[], manifests: readonly Manifest[]) =>
      alone(() => become(order, manifests)),
    get running() {
      return running;
    },
    /** The plugin as it was loaded, whatever its files say now. */
    asLoaded: (found: Found): Found => loaded.get(found.manifest.id) ?? found,
    /** The definition of a plugin that need not run, for a plan. */
    definition: async (found: Found) =>
      loaded.get(found.manifest.id)?.definition ?? alone(() => definitionOf(found, limit)),
    /** Its schema is gone or another: the next start migrates. */
    forget: (id: string) => migrated.delete(id),
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
    const before = Object.keys(dependsOn).map((other) => done.get(other));
    const attempt = Promise.all(before).then(async (oks) => {
      if (!oks.every(Boolean)) return false;
      await work(plugin);
      return true;
    });
    done.set(
      id,
      attempt.catch((error) => {
        failures.set(id, words(error));
        return false;
      }),
    );
  }
  await Promise.all(done.values());
  return failures;
}

/** Ids of the plugins that an error names in its details. */
function blamed(error: unknown): readonly string[] {
  const { plugin, plugins = [] } =
    (error as { details?: { plugin?: string; plugins?: string[] } }).details ?? {};
  return plugin === undefined ? plugins : [plugin];
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
