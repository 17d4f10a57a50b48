import { within, type StoreContext } from '../context.ts';
import type { KernelDatabase, KeyIdentity } from '../parts.ts';
import type { KeyRow } from './api-keys.ts';
import type { Known, Owned } from './cache.ts';
import type { Roles } from './roles.ts';

type Deps = { database: Pick<KernelDatabase, 'read' | 'platform'>; roles: Roles };
type KeyFacts = KeyRow & { role: string | null; own: string[] | null };

/** What a member may do in a store; undefined for who is none. */
export async function loadRights(
  { database, roles }: Deps,
  { store, userId }: { store: StoreContext; userId: number },
): Promise<(Owned & { permissions: ReadonlySet<string> }) | undefined> {
  const storeId = store.ref.id;
  const [row] = await within({ store, plugin: undefined, transaction: undefined }, () =>
    database.read<{ role: string; own: string[] | null }>(
      'member-permissions',
      `select m.role, r.permissions as own from kernel.members m
       left join kernel.roles r on r.store_id = m.store_id and r.store_id = $1 and r.code = m.role
       where m.store_id = $1 and m.user_id = $2`,
      [storeId, userId],
    ),
  );
  const owners = [`${storeId}`, `${storeId}:${userId}`];
  return row && { owners, permissions: new Set(roles.permissionsOf(row.role, row.own)) };
}

/** A key can do no more than whoever made it can do now; who left the team left no key behind. */
export async function loadKey(
  { database: { platform }, roles }: Deps,
  { storeId, hash }: { storeId: number; hash: string },
): Promise<Known<KeyIdentity> | undefined> {
  const [row] = await platform.query<KeyFacts>(
    `select k.*, m.role, r.permissions as own
     from kernel.api_keys k
     left join kernel.members m on m.store_id = k.store_id and m.user_id = k.created_by
     left join kernel.roles r on r.store_id = k.store_id and r.code = m.role
     where k.store_id = $1 and k.secret_hash = $2`,
    [storeId, hash],
  );
  if (!row || (row.created_by !== null && row.role === null)) return undefined;
  const reach = row.role === null ? row.scopes : roles.permissionsOf(row.role, row.own);
  const scopes = row.scopes.filter((scope) => reach.includes(scope));
  const touched = 'update kernel.api_keys set last_used_at = $3 where store_id = $1 and id = $2';
  return {
    identity: { actor: { kind: 'apiKey', keyId: row.id, name: row.name, scopes }, storeId },
    owners: [`${storeId}`],
    expires: row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
    idle: Number.POSITIVE_INFINITY,
    seen: row.last_used_at?.getTime() ?? 0,
    touch: (now) => platform.query(touched, [storeId, row.id, now]),
  };
}
