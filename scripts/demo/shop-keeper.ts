import type { Cradle, Services } from 'kontor/sdk';
import { enterAs, type StoreContext } from '../../kernel/context.ts';
import type { Kernel } from '../../kernel/parts.ts';

/** Works in one store as its plugins do. */
export type ShopKeeper = {
  readonly storeId: number;
  /** Runs work with a service, as the plugin that owns it. @throws Error when no such plugin runs */
  with<Name extends keyof Services, Value>(
    service: Name,
    work: (service: Services[Name], cradle: Cradle) => Promise<Value>,
  ): Promise<Value>;
  has(service: keyof Services): boolean;
  /** The store's own settings of a plugin. */
  set(plugin: string, values: Parameters<Cradle['settings']['set']>[0]): Promise<void>;
};

export async function shopKeeper({
  kernel,
  storeId,
}: {
  kernel: Kernel;
  storeId: number;
}): Promise<ShopKeeper> {
  const ownerOf = (service: string) =>
    kernel.plugins.running.find(({ manifest }) => manifest.declares?.services?.includes(service));

  async function within<Value>(plugin: string, work: () => Promise<Value>): Promise<Value> {
    const store = (await kernel.tenancy.byId(storeId)) as StoreContext;
    return enterAs({ actor: { kind: 'system', reason: 'demo' }, store, plugin }, work);
  }

  return {
    storeId,
    has: (service) => ownerOf(service) !== undefined,
    with(service, work) {
      const owner = ownerOf(service);
      if (!owner) throw new Error(`Expected a plugin that gives '${service}' to run, found none`);
      return within(owner.manifest.id, () => work(owner.services[service], owner.services));
    },
    async set(plugin, values) {
      const done = await within(plugin, () => kernel.settings.forPlugin(plugin).set(values));
      if (!done.ok) throw new Error(`Settings of ${plugin}: ${JSON.stringify(done.details)}`);
    },
  };
}
