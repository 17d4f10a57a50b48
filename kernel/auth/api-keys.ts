import { ok, refused, type ApiKey, type Clock, type Team } from 'kontor/sdk';
import { current } from '../context.ts';
import type { KernelDatabase } from '../parts.ts';
import type { Roles } from './roles.ts';
import type { Table } from './tables.ts';
import { hashOf, type Tokens } from './tokens.ts';

export type KeyRow = {
  id: number;
  store_id: number;
  name: string;
  scopes: string[];
  secret_hash: string;
  created_by: number | null;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
};

/** Keys of machines in the current store. A key lives no longer than the account of whoever made it. */
export function createApiKeys(deps: {
  clock: Clock;
  database: Pick<KernelDatabase, 'transaction'>;
  keys: Table<KeyRow>;
  roles: Roles;
  storeId: () => number;
  tokens: Tokens;
  /** Tells every node; part of the open transaction. */
  changed: (storeId: number) => Promise<void>;
}): Pick<Team, 'createApiKey' | 'apiKeys' | 'revokeApiKey'> {
  const { clock, keys, roles } = deps;
  return {
    async createApiKey({ name, scopes, expiresAt }) {
      const unknown = roles.unknown(scopes);
      if (unknown.length > 0) return refused('unknownPermission', { unknown });
      const { actor } = current();
      const secret = `k_${deps.storeId()}_${deps.tokens.create()}`;
      const key = await keys.insert({
        name,
        scopes: [...new Set(scopes)],
        secret_hash: hashOf(secret),
        created_by: actor.kind === 'user' ? actor.userId : null,
        created_at: clock.now(),
        expires_at: expiresAt ?? null,
      });
      return ok({ ...keyInfo(key!), secret });
    },
    apiKeys: async () => (await keys.find({})).sort((one, other) => one.id - other.id).map(keyInfo),
    revokeApiKey: (id) =>
      deps.database.transaction(async () => {
        const [revoked] = await keys.remove({ id });
        if (!revoked) return refused('notFound');
        await deps.changed(revoked.store_id);
        return ok();
      }),
  };
}

function keyInfo({ id, name, scopes, expires_at, last_used_at }: KeyRow): ApiKey {
  return { id, name, scopes, expiresAt: expires_at, lastUsedAt: last_used_at };
}
