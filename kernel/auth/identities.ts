import type { Clock } from 'kontor/sdk';
import type {
  Changes,
  CustomerIdentity,
  Identities,
  KernelDatabase,
  KernelLog,
  KeyIdentity,
  UserIdentity,
} from '../parts.ts';
import { createCache, type Known, type Owned } from './cache.ts';
import { loadKey, loadRights } from './load-rights.ts';
import { loadCustomerSession, loadUserSession } from './load-sessions.ts';
import type { Roles } from './roles.ts';
import { hashOf, storeOfToken, type Tokens } from './tokens.ts';

const SEEN_EVERY = 5 * 60_000; // a write a request would cost more than the request
const TOKEN = /^[\w-]{44}$/;

export const TOPICS = {
  user: 'auth.user',
  customer: 'auth.customer',
  key: 'auth.key',
  role: 'auth.role',
} as const;

/** Tokens to people. Warm, it answers at once and without a query; what ends is dropped on every node by `changes`. */
export function createIdentities(deps: {
  changes: Pick<Changes, 'on' | 'isLive'>;
  clock: Clock;
  database: Pick<KernelDatabase, 'query' | 'read' | 'platform'>;
  log: KernelLog;
  roles: Roles;
  tokens: Tokens;
}) {
  const { changes, clock } = deps;
  const users = createCache<Known<UserIdentity>>(changes, TOPICS.user);
  const customers = createCache<Known<CustomerIdentity>>(changes, TOPICS.customer);
  const keys = createCache<Known<KeyIdentity>>(changes, TOPICS.key);
  const rights = createCache<Owned & { permissions: ReadonlySet<string> }>(changes, TOPICS.role);
  const caches = { user: users, customer: customers, key: keys, role: rights };

  /** What the cache knows, as long as it holds; the rest asks the database, which alone refuses. */
  function fresh<Identity>(known: Known<Identity> | undefined): Identity | undefined {
    if (!known) return undefined;
    const now = clock.now();
    const unused = now.getTime() - known.seen;
    if (now.getTime() >= known.expires || unused >= known.idle) return undefined;
    if (unused >= SEEN_EVERY) {
      known.seen = now.getTime();
      known.touch(now).catch((err) => deps.log.warn({ err }, 'the time of a last use was not written'));
    }
    return known.identity;
  }

  const identities: Identities = {
    userSession(token) {
      if (!TOKEN.test(token)) return undefined;
      const hash = hashOf(token);
      return (
        fresh(users.get(hash)) ?? users.load(hash, () => loadUserSession(deps, { token, hash })).then(fresh)
      );
    },
    customerSession(store, token) {
      if (!TOKEN.test(token)) return undefined;
      const hash = hashOf(token);
      const at = `${store.ref.id}:${hash}`;
      const load = () => loadCustomerSession(deps, { store, token, hash });
      return fresh(customers.get(at)) ?? customers.load(at, load).then(fresh);
    },
    apiKey(secret) {
      const storeId = storeOfToken('k', secret);
      if (storeId === undefined) return undefined;
      const hash = hashOf(secret);
      return fresh(keys.get(hash)) ?? keys.load(hash, () => loadKey(deps, { storeId, hash })).then(fresh);
    },
    permissions(store, userId) {
      const at = `${store.ref.id}:${userId}`;
      const load = () => loadRights(deps, { store, userId });
      return rights.get(at)?.permissions ?? rights.load(at, load).then((held) => held?.permissions);
    },
  };
  return {
    identities,
    /** On this node at once; other nodes hear it. */
    drop: (of: keyof typeof caches, owner: string) => caches[of].drop(owner),
  };
}
