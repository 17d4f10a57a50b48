import { normaliseHost, type KernelServices } from 'kontor/sdk';
import { current, type Gate, type StoreContext } from '../context.ts';
import type { GateInput } from '../features/compute-gate.ts';
import type { Changes, Config, KernelDatabase, Tenancy } from '../parts.ts';
import { errors } from './errors.ts';
import { createStoreLoader } from './load-store.ts';
import { createStoreAdmin } from './store-admin.ts';
import { createStoreCache } from './store-cache.ts';

/** Hosts, handles and ids to stores; the stores themselves, and the domains they answer on. */
export function createTenancy(input: {
  database: Pick<KernelDatabase, 'platform'>;
  changes: Changes;
  clock: KernelServices['clock'];
  config: Pick<Config, 'http'>;
  /** Signs which store a statement is for; of the database. */
  sign: (storeId: number) => string;
  /** What a store may use, by the plugins that run now; of features. */
  compute: (input: GateInput) => Promise<Gate>;
  /** Called back when the set of running plugins has changed in this process. */
  onDeclare: (handler: () => void) => void;
}): Tenancy {
  const { changes, clock, config, onDeclare } = input;
  const { platformDomain } = config.http;
  const suffix = `.${platformDomain}`;
  const cache = createStoreCache({ load: createStoreLoader(input), isTrusted: () => changes.isLive, clock });
  dropOn('store', ({ ref }) => ref.id);
  dropOn('settings', ({ ref }) => ref.id);
  dropOn('merchant', ({ ref }) => ref.merchantId);
  changes.on('tier', () => cache.drop()); // its place among the others decides what they have
  changes.on('plugins', () => cache.drop());
  onDeclare(() => cache.drop());

  function dropOn(topic: string, keyOf: (store: StoreContext) => number): void {
    changes.on(topic, (key) => cache.drop((store) => key === '*' || key === String(keyOf(store))));
  }

  // Nobody's handle has a dot or is longer; such questions come from strangers and are not worth a statement.
  const byHandle = (handle: string) =>
    /^[a-z0-9-]{1,40}$/.test(handle) ? cache.find('handle', handle) : undefined;

  return {
    byHost(host) {
      const name = normaliseHost(host);
      if (name === undefined || name === platformDomain) return undefined;
      return name.endsWith(suffix) ? byHandle(name.slice(0, -suffix.length)) : cache.find('domain', name);
    },
    byHandle,
    byId: (id) => cache.find('id', id),
    isPlatformHost: (host) => normaliseHost(host) === platformDomain,
    stores: {
      current() {
        const { store } = current();
        if (!store) throw new errors.KERNEL_ERR_NO_STORE();
        return store.ref;
      },
      maybeCurrent: () => current().store?.ref,
      actor: () => current().actor,
    },
    admin: createStoreAdmin(input),
  };
}
