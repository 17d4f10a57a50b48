import { Resolver } from 'node:dns/promises';
import type { KernelServices } from 'kontor/sdk';
import { current, type Gate, type StoreContext } from '../context.ts';
import type { GateInput } from '../features/compute-gate.ts';
import type { Changes, Config, KernelDatabase, Tenancy } from '../parts.ts';
import { createDomainAdmin } from './domain-admin.ts';
import { errors } from './errors.ts';
import { fetchProof, type FetchProof } from './fetch-proof.ts';
import { normaliseHost } from './host.ts';
import { createStoreLoader } from './load-store.ts';
import { createStoreAdmin } from './store-admin.ts';
import { createStoreCache } from './store-cache.ts';

export type TenancyInput = {
  database: Pick<KernelDatabase, 'platform'>;
  changes: Changes;
  clock: KernelServices['clock'];
  random: KernelServices['random'];
  config: Pick<Config, 'http'>;
  /** Signs which store a statement is for; of the database. */
  sign: (storeId: number) => string;
  /** What a store may use, by the plugins that run now; of features. */
  compute: (input: GateInput) => Promise<Gate>;
  /** Called back when the set of running plugins has changed in this process. */
  onDeclare: (handler: () => void) => void;
  /** Look-ups of proofs; node:dns and a client that refuses private addresses when left out. */
  lookUps?: { resolveTxt?: (name: string) => Promise<string[][]>; fetchProof?: FetchProof };
};

/** Hosts, handles and ids to stores; the stores themselves, and the domains they answer on. */
export function createTenancy(input: TenancyInput): Tenancy {
  const { changes, clock, config } = input;
  const { platformDomain } = config.http;
  const suffix = `.${platformDomain}`;
  const cache = createStoreCache({ load: createStoreLoader(input), isTrusted: () => changes.isLive, clock });
  listen();

  function byHost(host: string): ReturnType<Tenancy['byHost']> {
    const name = normaliseHost(host);
    if (name === undefined || name === platformDomain) return undefined;
    if (!name.endsWith(suffix)) return unlessClosed(cache.find('domain', name));
    return byHandle(name.slice(0, -suffix.length));
  }

  function byHandle(handle: string): ReturnType<Tenancy['byHandle']> {
    // Nobody's handle has a dot or is longer; such questions come from strangers and are not worth a statement.
    return /^[a-z0-9-]{1,40}$/.test(handle) ? unlessClosed(cache.find('handle', handle)) : undefined;
  }

  function listen(): void {
    const about = (isAbout: (store: StoreContext, key: string) => boolean) => (key: string) =>
      key === '*' ? cache.drop() : cache.drop((store) => isAbout(store, key));
    changes.on(
      'store',
      about(({ ref }, key) => String(ref.id) === key),
    );
    changes.on(
      'settings',
      about(({ ref }, key) => String(ref.id) === key),
    );
    changes.on(
      'merchant',
      about(({ ref }, key) => String(ref.merchantId) === key),
    );
    changes.on('tier', () => cache.drop()); // its place among the others decides what they have
    changes.on('plugins', () => cache.drop());
    input.onDeclare(() => cache.drop());
  }

  return {
    byHost,
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
    admin: {
      ...createStoreAdmin(input),
      ...createDomainAdmin({ ...input, resolveTxt: askDns, fetchProof, ...input.lookUps }),
    },
  };
}

/** TXT records of a name; asks once and waits 5 s at most. */
function askDns(name: string): Promise<string[][]> {
  return new Resolver({ timeout: 5000, tries: 1 }).resolveTxt(name);
}

type Found = StoreContext | undefined;

/** A closed store has no address any more; only by its id can it be worked on. */
function unlessClosed(found: Found | Promise<Found>): Found | Promise<Found> {
  if (found instanceof Promise) return found.then(unlessClosed);
  return found?.ref.state === 'closed' ? undefined : found;
}
