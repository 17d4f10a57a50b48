import { asFunction, asValue, createContainer } from 'awilix';
import type { Cradle, KernelServices, Manifest } from 'kontor/sdk';
import { current, within } from '../context.ts';
import { didYouMean } from '../nearest.ts';
import type { EnterPlugin, LoadedPlugin } from '../parts.ts';
import { shown } from './discover.ts';
import { errors } from './errors.ts';

/** What a plugin's services know of other plugins. Asked anew each time, since plugins come and go. */
export type Neighbours = {
  /** Manifests of all plugins that were found, running or not. */
  manifests(): readonly Manifest[];
  /** The services of a running plugin. */
  room(plugin: string): ServiceRoom | undefined;
};

/** The services of one plugin: what it sees, and what it gives. */
export type ServiceRoom = { readonly cradle: Cradle; give(service: string): unknown };

type Around = { neighbours: Neighbours; enter: EnterPlugin };

/**
 * Wires one plugin: the kernel's services and its own, bare; those of plugins it declares, entered as their owner, and
 * undefined in stores where optional company is off. Whoever reaches for another one is told what to declare. All scoping
 * of services happens here; look no further.
 */
export function createServiceRoom(
  deps: Around & { plugin: Omit<LoadedPlugin, 'services'>; kernel: KernelServices },
): ServiceRoom {
  const { manifest, definition, folder, source } = deps.plugin;
  // The platform's controls: for plugins of this house that say so in their manifest.
  const mayAdminister = source === 'bundled' && manifest.uses?.includes('administration');
  const isReserved = (name: string) => name === 'administration' && !mayAdminister;
  const { dependsOn, worksWith = {} } = manifest;
  const lent = new Map<string, { owner: string; service: unknown }>();
  const container = createContainer();
  const cradle = new Proxy({} as Cradle, { get: (_, name) => find(name) });
  const factories: Record<string, (services: Cradle) => unknown> = definition.services ?? {};
  for (const [name, factory] of Object.entries(factories)) {
    // Of no store, though one may be the first to ask: what it keeps is for all of them.
    const make = () => within({ store: undefined }, () => deps.enter(manifest.id, () => factory(cradle)));
    container.register(name, asFunction(make).singleton());
  }
  for (const [name, service] of Object.entries(deps.kernel)) {
    if (!isReserved(name)) container.register(name, asValue(service));
  }

  function find(name: string | symbol): unknown {
    // Promises and printers ask every object for these.
    if (typeof name === 'symbol' || name === 'then' || name === 'toJSON') return undefined;
    if (container.hasRegistration(name)) return container.resolve(name);
    const { owner, service } = lent.get(name) ?? fromNeighbour(name);
    return owner in worksWith && isOff(owner) ? undefined : service;
  }

  function fromNeighbour(name: string): { owner: string; service: unknown } {
    if (isReserved(name)) throw new errors.KERNEL_ERR_RESERVED_SERVICE(manifest.id, name, name);
    const found = deps.neighbours.manifests();
    const owner = found.find(({ declares }) => declares?.services?.includes(name))?.id;
    const company = { ...dependsOn, ...worksWith };
    if (owner === undefined) {
      // Of optional company that is not even installed nobody knows the names of its services, so any may be one.
      const isGuess = Object.keys(worksWith).some((other) => !found.some(({ id }) => id === other));
      if (isGuess) return { owner: '', service: undefined };
      const seen = found
        .filter(({ id }) => id in company)
        .flatMap(({ declares }) => declares?.services ?? []);
      const hint = didYouMean(name, [...Object.keys(container.registrations), ...seen]);
      throw new errors.KERNEL_ERR_UNKNOWN_SERVICE(manifest.id, name, hint);
    }
    if (!(owner in company)) {
      throw new errors.KERNEL_ERR_UNDECLARED_SERVICE(manifest.id, name, owner, owner, shown(folder));
    }
    const service = deps.neighbours.room(owner)?.give(name);
    if (service === undefined) return { owner, service };
    const guarded = { owner, service: asSeenByOthers({ ...deps, owner, name, service }) };
    lent.set(name, guarded);
    return guarded;
  }

  function give(name: string): unknown {
    const taken = `'${name}' is a service of the kernel; choose another name`;
    if (name in deps.kernel) throw new errors.KERNEL_ERR_PLUGIN_SET_UP(manifest.id, taken);
    try {
      return container.resolve(name);
    } catch (error) {
      const { details, message } = error as Error & { details?: { plugin?: string } };
      const options = { cause: error, details: { plugin: details?.plugin ?? manifest.id } };
      throw new errors.KERNEL_ERR_SERVICE_FAILED(name, manifest.id, message, options);
    }
  }

  return { cradle, give };
}

/**
 * A service as other plugins see it: each call runs as its owner, and is refused while the owner is off for this store.
 * It is looked up at each call, since the owner may have been started anew. Only its direct methods are entered so.
 */
function asSeenByOthers(input: Around & { owner: string; name: string; service: unknown }): unknown {
  const { owner, name, service, neighbours, enter } = input;
  type Parts = Record<string | symbol, never>;
  /** The service itself, or one of its methods. */
  const entered =
    (method?: string | symbol) =>
    (...args: unknown[]) => {
      const room = neighbours.room(owner);
      if (!room || isOff(owner)) throw new errors.KERNEL_ERR_PLUGIN_OFF(owner, name);
      const now = room.give(name) as Parts;
      return enter(owner, () =>
        Reflect.apply(method === undefined ? (now as never) : now[method]!, now, args),
      );
    };
  if (typeof service === 'function') return entered();
  if (typeof service !== 'object' || service === null) return service;
  const methods = new Map<string | symbol, unknown>();
  // An empty target, for a proxy must tell the truth about the frozen fields of its own.
  return new Proxy(Object.create(null) as object, {
    has: (_, key) => key in service,
    get(_, key) {
      const value = (service as Parts)[key] as unknown;
      if (typeof value !== 'function') return value;
      const method = methods.get(key) ?? entered(key);
      methods.set(key, method);
      return method;
    },
  });
}

/** Whether a plugin is off in the store of whoever asks; outside of stores none is. */
function isOff(plugin: string): boolean {
  const { store } = current();
  return store !== undefined && !store.gate.plugins.has(plugin);
}
