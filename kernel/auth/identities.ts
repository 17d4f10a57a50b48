import type { Actor } from 'kontor/sdk';
import { within, type StoreContext } from '../context.ts';
import type { Identities } from '../parts.ts';
import type { Cache } from './cache.ts';
import type { Common } from './common.ts';
import type { Person, Realm, Session } from './realm.ts';
import { RIGHTS } from './roles.ts';
import { hashOf, storeOfToken } from './tokens.ts';

const TOKEN = /^[\w-]{44}$/;

/** Tokens to people. Warm, it answers at once and without a query; what ends is dropped on every node by `changes`. */
export function createIdentities(deps: {
  cache: Cache;
  common: Common;
  customers: Realm;
  users: Realm;
}): Identities {
  const { cache } = deps;
  const { database, roles, tokens } = deps.common;
  const { query } = database.platform;

  return {
    userSession: (token) => session({ realm: deps.users, token, actorOf: userOf }),
    customerSession: (store, token) => session({ realm: deps.customers, token, store, actorOf: customerOf }),
    apiKey(secret) {
      const storeId = storeOfToken('k', secret);
      if (storeId === undefined) return undefined;
      const hash = hashOf(secret);
      return cache.get(`key:${hash}`, () => loadKey(storeId, hash));
    },
    permissions: (store, userId) =>
      cache.get(`rights:${store.ref.id}:${userId}`, () => loadRights(store, userId)),
  };

  function session<Of extends Actor>(input: {
    realm: Realm;
    token: string;
    store?: StoreContext;
    actorOf: (row: Person & Session) => Of;
  }) {
    const { realm, token, store, actorOf } = input;
    if (!TOKEN.test(token)) return undefined;
    const hash = hashOf(token);
    const inRealm = <Value>(work: () => Value) =>
      within({ store, plugin: undefined, transaction: undefined }, work);
    const load = async () => {
      const row = await realm.sessionOf(hash);
      if (!row) return undefined;
      const { id, person_id, locale } = row;
      return {
        value: { actor: actorOf(row), csrfToken: tokens.csrf(token), locale },
        owners: [realm.named(person_id)],
        ends: {
          at: row.expires_at.getTime(),
          seen: row.last_seen_at.getTime(),
          idle: realm.idle,
          touch: (now: Date) => inRealm(() => realm.sessions.change({ id }, { last_seen_at: now })),
        },
      };
    };
    return cache.get(`${realm.kind}:${store?.ref.id}:${hash}`, () => inRealm(load));
  }

  /** What a member may do in a store; undefined for who is none. */
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
    const owners = [RIGHTS, `team:${store.ref.id}`];
    return row && { owners, value: new Set(roles.permissionsOf(row.role, row.own)) };
  }

  /** A key can do no more than whoever made it can do now; who left the team left no key behind. */
  async function loadKey(storeId: number, hash: string) {
    const [row] = await query<KeyFacts>(
      `select k.*, m.role, r.permissions as own
       from kernel.api_keys k
       left join kernel.members m on m.store_id = k.store_id and m.user_id = k.created_by
       left join kernel.roles r on r.store_id = k.store_id and r.code = m.role
       where k.store_id = $1 and k.secret_hash = $2`,
      [storeId, hash],
    );
    if (!row || (row.created_by !== null && row.role === null)) return undefined;
    const { id, name, scopes, role, own } = row;
    const reach = role === null ? scopes : roles.permissionsOf(role, own);
    const actor = {
      kind: 'apiKey',
      keyId: id,
      name,
      scopes: scopes.filter((one) => reach.includes(one)),
    } as const;
    const touched = 'update kernel.api_keys set last_used_at = $3 where store_id = $1 and id = $2';
    return {
      value: { actor, storeId },
      owners: [RIGHTS, `team:${storeId}`],
      ends: {
        at: row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
        seen: row.last_used_at?.getTime() ?? 0,
        idle: Number.POSITIVE_INFINITY,
        touch: (now: Date) => query(touched, [storeId, id, now]),
      },
    };
  }
}

type KeyFacts = {
  id: number;
  name: string;
  scopes: string[];
  created_by: number | null;
  last_used_at: Date | null;
  expires_at: Date | null;
  role: string | null;
  own: string[] | null;
};

function userOf(row: Person & Session) {
  const { id: sessionId, person_id: userId, email, is_admin: isAdmin = false, admin_id: adminId } = row;
  const until = row.expires_at;
  const impersonation = adminId ? { impersonation: { adminId, reason: row.reason ?? '', until } } : {};
  return { kind: 'user', userId, email, isAdmin, sessionId, ...impersonation } as const;
}

function customerOf({ id: sessionId, person_id: customerId, email }: Person & Session) {
  return { kind: 'customer', customerId, email, sessionId } as const;
}
