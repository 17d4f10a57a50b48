import { type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { type Incoming, readIncoming } from './read-incoming.ts';

/**
 * Locks goods on their way, before the variants in them.
 *
 * @param version - refused with `changed` and who did it when it is not the newest
 */
export async function lockIncoming(
  services: Pick<Cradle, 'database' | 'stores'>,
  id: Id,
  version?: number,
): Promise<Result<Incoming, 'notFound' | 'changed' | 'closed'>> {
  const { database, stores } = services;
  const sql = 'select 1 from inventory.incoming where store_id = $1 and id = $2 for update';
  await database.query(sql, [stores.current().id, id]);
  const known = await readIncoming(services, id);
  if (!known) return refused('notFound');
  if (version !== undefined && known.version !== version) {
    const { changedAt, changedBy } = known;
    return refused('changed', { version: known.version, changedAt, changedBy });
  }
  return known.state === 'open' ? ok(known) : refused('closed', { state: known.state });
}
