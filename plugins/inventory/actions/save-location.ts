import { type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { actorName } from '../services/actor-name.ts';
import { readLocation, type StockLocation } from '../services/read-locations.ts';

type LocationInput = { name: string; address?: string; position?: number };

/** Adds a location. The first one is the default one; more than one needs the feature. */
export async function addLocation(
  services: Cradle,
  { name, address = '', position = 0 }: LocationInput,
): Promise<Result<StockLocation, 'nameTaken'>> {
  const { clock, database, features, stores } = services;
  return database.transaction(async () => {
    const storeId = stores.current().id;
    const [other] = await database.query('select 1 from inventory.locations where store_id = $1 limit 1', [
      storeId,
    ]);
    if (other) features.require('inventory.locations');
    const [made] = await database.query<{ id: Id }>(
      `insert into inventory.locations (store_id, name, address, position, is_default, created_at, changed_at, changed_by)
       values ($1, $2, $3, $4, $5, $6, $6, $7) on conflict do nothing returning id`,
      [storeId, name, address, position, !other, clock.now(), actorName(stores.actor())],
    );
    return made ? ok((await readLocation(services, made.id))!) : refused('nameTaken', { name });
  });
}

/** Changes what is named; the location that becomes the default one takes that from the other. */
export async function changeLocation(
  services: Cradle,
  id: Id,
  { version, isDefault, ...change }: Partial<LocationInput> & { version: number; isDefault?: true },
): Promise<Result<StockLocation, 'notFound' | 'changed' | 'nameTaken'>> {
  const { clock, database, stores } = services;
  return database.transaction(async () => {
    const storeId = stores.current().id;
    // All of them are locked, in order: two that become the default one at once wait for each other.
    const all = await database.query<{ id: Id; name: string }>(
      'select id, name from inventory.locations where store_id = $1 order by id for update',
      [storeId],
    );
    const known = await readLocation(services, id);
    if (!known) return refused('notFound');
    if (known.version !== version) {
      const { changedAt, changedBy } = known;
      return refused('changed', { version: known.version, changedAt, changedBy });
    }
    const name = change.name ?? known.name;
    const isTaken = all.some((one) => one.id !== id && one.name.toLowerCase() === name.toLowerCase());
    if (isTaken) return refused('nameTaken', { name });
    if (isDefault) {
      const sql = 'update inventory.locations set is_default = false where store_id = $1 and is_default';
      await database.query(sql, [storeId]);
    }
    await database.query(
      `update inventory.locations set name = $3, address = $4, position = $5, is_default = $6, version = version + 1,
         changed_at = $7, changed_by = $8 where store_id = $1 and id = $2`,
      [
        storeId,
        id,
        name,
        change.address ?? known.address,
        change.position ?? known.position,
        isDefault ?? known.isDefault,
        clock.now(),
        actorName(stores.actor()),
      ],
    );
    return ok((await readLocation(services, id))!);
  });
}
