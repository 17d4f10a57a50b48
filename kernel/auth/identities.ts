import type { Clock } from 'kontor/sdk';
import { within, type StoreContext } from '../context.ts';
import type {
  Changes,
  CustomerIdentity,
  Identities,
  KernelDatabase,
  KernelLog,
  KeyIdentity,
  UserIdentity,
} from '../parts.ts';
import type { KeyRow } from './api-keys.ts';
import { createCache, type Owned } from './cache.ts';
import type { Roles } from './roles.ts';
import { hashOf, storeOfToken, type Tokens } from './tokens.ts';

const DAY = 24 * 3_600_000;
export const LIFE = {
  user: { idle: 14 * DAY, longest: 90 * DAY },
  customer: { idle: 30 * DAY, longest: 180 * DAY },
};
const SEEN_EVERY = 5 * 60_000; // a write a request would cost more than the request

export const TOPICS = {
  user: 'auth.user',
  customer: 'auth.customer',
  key: 'auth.key',
  role: 'auth.role',
} as const;

type Known<Identity> = Owned & {
  identity: Identity;
  /** Milliseconds since 1970. */
  expires: number;
  seen: number;
  /** Milliseconds it may go unused. */
  idle: number;
  touch(now: Date): Promise<unknown>;
};
type SessionFacts = {
  id: number;
  person_id: number;
  email: string;
  locale: string;
  last_seen_at: Date;
  expires_at: Date;
};
type KeyFacts = Pick<KeyRow, 'id' | 'name' | 'scopes' | 'created_by' | 'expires_at' | 'last_used_at'> & {
  role: string | null;
  own: string[] | null;
};
type UserFacts = SessionFacts & { is_admin: boolean; admin_id: number | null; reason: string | null };

/** Tokens to people. Warm, it answers at once and without a query; what ends is dropped on every node by `changes`. */
export function createIdentities(deps: {
  changes: Pick<Changes, 'on' | 'isLive'>;
  clock: Clock;
  database: Pick<KernelDatabase, 'query' | 'read' | 'platform'>;
  log: KernelLog;
  roles: Roles;
  tokens: Tokens;
}) {
  const { changes, clock, database, tokens } = deps;
  const { query } = database.platform;
  const users = createCache<Known<UserIdentity>>(changes, TOPICS.user);
  const customers = createCache<Known<CustomerIdentity>>(changes, TOPICS.customer);
  const keys = createCache<Known<KeyIdentity>>(changes, TOPICS.key);
  const rights = createCache<Owned & { permissions: ReadonlySet<string> }>(changes, TOPICS.role);
  const caches = { user: users, customer: customers, key: keys, role: rights };

  /** What the cache knows, as long as it holds; the rest asks the database, which alone refuses. */
  function fresh<Identity>(known: Known<Identity> | undefined): Identity | undefined {
    if (!known) return undefined;
    const now = clock.now();
    if (now.getTime() >= known.expires || now.getTime() - known.seen >= known.idle) return undefined;
    if (now.getTime() - known.seen >= SEEN_EVERY) {
      known.seen = now.getTime();
      known
        .touch(now)
        .catch((error) => deps.log.warn({ err: error }, 'the time of a last use was not written'));
    }
    return known.identity;
  }

  async function loadUser(token: string, hash: string): Promise<Known<UserIdentity> | undefined> {
    const [row] = await query<UserFacts>(
      `select s.id, s.person_id, s.last_seen_at, s.expires_at, s.admin_id, s.reason, u.email, u.locale, u.is_admin
       from kernel.user_sessions s join kernel.users u on u.id = s.person_id
       where s.token_hash = $1 and u.state = 'active'`,
      [hash],
    );
    if (!row) return undefined;
    const { admin_id: adminId, reason, expires_at: until } = row;
    const impersonation = adminId === null ? {} : { impersonation: { adminId, reason: reason ?? '', until } };
    const actor = {
      kind: 'user',
      userId: row.person_id,
      email: row.email,
      isAdmin: row.is_admin,
      sessionId: row.id,
      ...impersonation,
    } as const;
    return {
      identity: { actor, csrfToken: tokens.csrf(token), locale: row.locale },
      owners: adminId === null ? [`${row.person_id}`] : [`${row.person_id}`, `${adminId}`],
      ...timesOf(row, LIFE.user.idle),
      touch: (now) =>
        query('update kernel.user_sessions set last_seen_at = $2 where id = $1 and last_seen_at < $2', [
          row.id,
          now,
        ]),
    };
  }

  async function loadCustomer(
    store: StoreContext,
    token: string,
    hash: string,
  ): Promise<Known<CustomerIdentity> | undefined> {
    const inStore = <Value>(work: () => Value) =>
      within({ store, plugin: undefined, transaction: undefined }, work);
    const [row] = await inStore(() =>
      database.read<SessionFacts>(
        'customer-session',
        `select s.id, s.person_id, s.last_seen_at, s.expires_at, c.email, c.locale
         from kernel.customer_sessions s join kernel.customers c on c.store_id = s.store_id and c.id = s.person_id
         where s.store_id = $1 and c.store_id = $1 and s.token_hash = $2 and c.state = 'active'`,
        [store.ref.id, hash],
      ),
    );
    if (!row) return undefined;
    return {
      identity: {
        actor: { kind: 'customer', customerId: row.person_id, email: row.email, sessionId: row.id },
        csrfToken: tokens.csrf(token),
        locale: row.locale,
      },
      owners: [`${store.ref.id}:${row.person_id}`],
      ...timesOf(row, LIFE.customer.idle),
      touch: (now) =>
        inStore(() =>
          database.query(
            'update kernel.customer_sessions set last_seen_at = $3 where store_id = $1 and id = $2 and last_seen_at < $3',
            [store.ref.id, row.id, now],
          ),
        ),
    };
  }

  /** A key can do no more than whoever made it can do now; who left the team, or never was in it, left no key behind. */
  async function loadKey(storeId: number, hash: string): Promise<Known<KeyIdentity> | undefined> {
    const [row] = await query<KeyFacts>(
      `select k.id, k.name, k.scopes, k.created_by, k.expires_at, k.last_used_at, m.role, r.permissions as own
       from kernel.api_keys k
       left join kernel.members m on m.store_id = k.store_id and m.user_id = k.created_by
       left join kernel.roles r on r.store_id = k.store_id and r.code = m.role
       where k.store_id = $1 and k.secret_hash = $2`,
      [storeId, hash],
    );
    if (!row || (row.created_by !== null && row.role === null)) return undefined;
    const makers = row.role === null ? row.scopes : deps.roles.permissionsOf(row.role, row.own);
    const scopes = row.scopes.filter((scope) => makers.includes(scope));
    return {
      identity: { actor: { kind: 'apiKey', keyId: row.id, name: row.name, scopes }, storeId },
      owners: [`${storeId}`],
      expires: row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
      idle: Number.POSITIVE_INFINITY,
      seen: row.last_used_at?.getTime() ?? 0,
      touch: (now) =>
        query('update kernel.api_keys set last_used_at = $3 where store_id = $1 and id = $2', [
          storeId,
          row.id,
          now,
        ]),
    };
  }

  async function loadRights(store: StoreContext, userId: number) {
    const [row] = await within({ store, plugin: undefined, transaction: undefined }, () =>
      database.read<{ role: string; own: string[] | null }>(
        'member-permissions',
        `select m.role, r.permissions as own from kernel.members m
         left join kernel.roles r on r.store_id = m.store_id and r.store_id = $1 and r.code = m.role
         where m.store_id = $1 and m.user_id = $2`,
        [store.ref.id, userId],
      ),
    );
    const owners = [`${store.ref.id}`, `${store.ref.id}:${userId}`];
    return row && { owners, permissions: new Set(deps.roles.permissionsOf(row.role, row.own)) };
  }

  const identities: Identities = {
    userSession(token) {
      if (!/^[\w-]{44}$/.test(token)) return undefined;
      const hash = hashOf(token);
      return fresh(users.get(hash)) ?? users.load(hash, () => loadUser(token, hash)).then(fresh);
    },
    customerSession(store, token) {
      if (!/^[\w-]{44}$/.test(token)) return undefined;
      const hash = hashOf(token);
      const at = `${store.ref.id}:${hash}`;
      return (
        fresh(customers.get(at)) ?? customers.load(at, () => loadCustomer(store, token, hash)).then(fresh)
      );
    },
    apiKey(secret) {
      const storeId = storeOfToken('k', secret);
      if (storeId === undefined) return undefined;
      const hash = hashOf(secret);
      return fresh(keys.get(hash)) ?? keys.load(hash, () => loadKey(storeId, hash)).then(fresh);
    },
    permissions(store, userId) {
      const at = `${store.ref.id}:${userId}`;
      return (
        rights.get(at)?.permissions ??
        rights.load(at, () => loadRights(store, userId)).then((held) => held?.permissions)
      );
    },
  };
  return {
    identities,
    /** On this node at once; other nodes hear it. */
    drop: (of: keyof typeof caches, owner: string) => caches[of].drop(owner),
  };
}

function timesOf(row: { last_seen_at: Date; expires_at: Date }, idle: number) {
  return { expires: row.expires_at.getTime(), idle, seen: row.last_seen_at.getTime() };
}
