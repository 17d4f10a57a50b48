import { asFunction, asValue, createContainer } from 'awilix';
import type { Cradle, KernelServices, Manifest, PluginDefinition } from 'kontor/sdk';
import { current } from '../context.ts';
import type { EnterPlugin } from '../parts.ts';
import { type Found, shown } from './discover.ts';
import { errors } from './errors.ts';
import { didYouMean } from '../nearest.ts';

/** What a plugin's services know of other plugins. Asked anew each time, since plugins come and go. */
export type Neighbours = {
  /** Manifests of all plugins that were found, running or not. */
  manifests(): Iterable<Manifest>;
  /** The services of a running plugin. */
  room(plugin: string): ServiceRoom | undefined;
};

/** The services of one plugin: what it sees, and what it gives. */
export type ServiceRoom = { readonly cradle: Cradle; give(service: string): unknown };

/**
 * Wires one plugin: the kernel's services and its own, bare; those of plugins it declares, entered as their owner. Whoever
 * reaches for another one is told what to declare. All scoping of services happens here; look no further.
 */
export function createServiceRoom(deps: {
  plugin: Found & { definition: PluginDefinition };
  kernel: KernelServices;
  neighbours: Neighbours;
  enter: EnterPlugin;
}): ServiceRoom {
  const { manifest, definition, folder } = deps.plugin;
  const container = createContainer();
  for (const [name, service] of Object.entries(deps.kernel)) {
    if (!isReserved(name)) container.register(name, asValue(service));
  }
  const cradle = new Proxy({} as Cradle, { get: (_, name) => find(name) });
  const factories: Record<string, (services: Cradle) => unknown> = definition.services ?? {};
  for (const [name, factory] of Object.entries(factories)) {
    if (container.hasRegistration(name)) {
      throw new errors.KERNEL_ERR_PLUGIN_SET_UP(
        manifest.id,
        `'${name}' is a service of the kernel; choose another name`,
      );
    }
    container.register(name, asFunction(() => deps.enter(manifest.id, () => factory(cradle))).singleton());
  }

  function find(name: string | symbol): unknown {
    // Promises and printers ask every object for these.
    if (typeof name === 'symbol' || name === 'then' || name === 'toJSON') {
      return undefined;
    }
    return container.hasRegistration(name) ? container.resolve(name) : fromNeighbour(name);
  }

  /** The platform's controls: for plugins of this house that say so in their manifest. */
  function isReserved(name: string): boolean {
    const mayAdminister = deps.plugin.source === 'bundled' && manifest.uses?.includes('administration');
    return name === 'administration' && !mayAdminister;
  }

  function fromNeighbour(name: string): unknown {
    if (isReserved(name)) throw new errors.KERNEL_ERR_RESERVED_SERVICE(manifest.id, name, name);
    const owner = [...deps.neighbours.manifests()].find(({ declares }) =>
      declares?.services?.includes(name),
    )?.id;
    const declared = { ...manifest.dependsOn, ...manifest.worksWith };
    if (owner && !(owner in declared)) {
      throw new errors.KERNEL_ERR_UNDECLARED_SERVICE(manifest.id, name, owner, owner, shown(folder));
    }
    if (!owner && !isCompanyMissing()) {
      const seen = [...deps.neighbours.manifests()].filter(({ id }) => id in declared);
      const known = [
        ...Object.keys(container.registrations),
        ...seen.flatMap((one) => one.declares?.services ?? []),
      ];
      throw new errors.KERNEL_ERR_UNKNOWN_SERVICE(manifest.id, name, didYouMean(name, known));
    }
    const service = owner === undefined ? undefined : deps.neighbours.room(owner)?.give(name);
    if (owner === undefined || service === undefined) {
      return undefined;
    }
    const guarded = asSeenByOthers({ owner, name, service, neighbours: deps.neighbours, enter: deps.enter });
    container.register(name, asValue(guarded));
    return guarded;
  }

  /** Optional company that is not even installed: nobody knows the names of its services, so any may be one. */
  function isCompanyMissing(): boolean {
    const found = new Set([...deps.neighbours.manifests()].map(({ id }) => id));
    return Object.keys(manifest.worksWith ?? {}).some((id) => !found.has(id));
  }

  function give(name: string): unknown {
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
function asSeenByOthers(input: {
  owner: string;
  name: string;
  service: unknown;
  neighbours: Neighbours;
  enter: EnterPlugin;
}): unknown {
  const { owner, name, service, neighbours, enter } = input;
  const now = () => {
    const store = current().store;
    const room = neighbours.room(owner);
    if (!room || (store && !store.gate.plugins.has(owner))) {
      throw new errors.KERNEL_ERR_PLUGIN_OFF(owner, name);
    }
    return room.give(name);
  };
  if (typeof service === 'function') {
    return (...args: unknown[]) => enter(owner, () => Reflect.apply(now() as never, undefined, args));
  }
  if (typeof service !== 'object' || service === null) {
    return service;
  }
  const methods = new Map<string | symbol, unknown>();
  const method = (key: string | symbol) => {
    const made = (...args: unknown[]) => {
      const target = now() as Record<string | symbol, never>;
      return enter(owner, () => Reflect.apply(target[key]!, target, args));
    };
    methods.set(key, made);
    return made;
  };
  // An empty target, for a proxy must tell the truth about the frozen fields of its own.
  return new Proxy(Object.create(null) as object, {
    has: (_, key) => key in service,
    get: (_, key) => {
      const value = (service as Record<string | symbol, unknown>)[key];
      return typeof value === 'function' ? (methods.get(key) ?? method(key)) : value;
    },
  });
}
