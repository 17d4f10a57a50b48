import { type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { readLocation } from '../services/read-locations.ts';

/** Takes a location away that is empty. Its movements stay in the ledger. */
export async function removeLocation(
  services: Cradle,
  id: Id,
): Promise<Result<undefined, 'notFound' | 'isDefault' | 'notEmpty'>> {
  const { database, stores } = services;
  return database.transaction(async () => {
    const values = [stores.current().id, id];
    // Whatever lies here keeps still until it is known to be nothing.
    await database.query(
      `select 1 from inventory.items where store_id = $1 and variant_id = any (array(
         select variant_id from inventory.levels where store_id = $1 and location_id = $2))
       order by variant_id for update`,
      values,
    );
    const location = await readLocation(services, id);
    if (!location) return refused('notFound');
    if (location.isDefault) return refused('isDefault');
    const [left] = await database.query(
      `select 1 from inventory.levels where store_id = $1 and location_id = $2 and (on_hand > 0 or reserved > 0)
       union all select 1 from inventory.incoming where store_id = $1 and location_id = $2 and state = 'open' limit 1`,
      values,
    );
    if (left) return refused('notEmpty');
    await database.query('delete from inventory.levels where store_id = $1 and location_id = $2', values);
    await database.query('delete from inventory.locations where store_id = $1 and id = $2', values);
    return ok();
  });
}
