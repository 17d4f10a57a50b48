import { ok, refused, type ApiKey, type Team } from 'kontor/sdk';
import { current } from '../context.ts';
import type { Common } from './common.ts';
import { currentStore } from './tables.ts';
import { hashOf } from './tokens.ts';

const KEY = 'id, name, scopes, expires_at as "expiresAt", last_used_at as "lastUsedAt"';

/** Keys of machines in the current store. A key lives no longer than the account of whoever made it. */
export function createApiKeys(common: Common): Pick<Team, 'createApiKey' | 'apiKeys' | 'revokeApiKey'> {
  const { changed, clock, database, roles, tokens } = common;
  return {
    async createApiKey({ name, scopes, expiresAt }) {
      const unknown = roles.unknown(scopes);
      if (unknown.length > 0) return refused('unknownPermission', { unknown });
      const { actor } = current();
      const storeId = currentStore().id;
      const secret = `k_${storeId}_${tokens.create()}`;
      const createdBy = actor.kind === 'user' ? actor.userId : null;
      const [key] = await database.query<ApiKey>(
        `insert into kernel.api_keys (store_id, name, scopes, secret_hash, created_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7) returning ${KEY}`,
        [storeId, name, [...new Set(scopes)], hashOf(secret), createdBy, clock.now(), expiresAt ?? null],
      );
      return ok({ ...key!, secret });
    },
    apiKeys: async () =>
      database.query(`select ${KEY} from kernel.api_keys where store_id = $1 order by id`, [
        currentStore().id,
      ]),
    revokeApiKey: (id) =>
      database.transaction(async () => {
        const storeId = currentStore().id;
        const [revoked] = await database.query(
          'delete from kernel.api_keys where store_id = $1 and id = $2 returning id',
          [storeId, id],
        );
        if (!revoked) return refused('notFound');
        await changed(`team:${storeId}`);
        return ok();
      }),
  };
}
