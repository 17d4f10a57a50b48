import type { Cradle, Id } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { actorName } from './actor-name.ts';

type Needs = Pick<Cradle, 'clock' | 'database' | 'i18n' | 'stores'>;

/**
 * The id of a location: the one that is named, else the default one, which is made when the store has none yet. One
 * statement, a second one when it had to be made by somebody else this moment.
 *
 * @throws INVENTORY_ERR_LOCATION when the store has no such location
 */
export async function locationId(services: Needs, id?: Id): Promise<Id> {
  if (id === undefined) return (await makeDefault(services)) ?? (await makeDefault(services))!;
  const { database, stores } = services;
  const [found] = await database.query<{ id: Id }>(
    'select id from inventory.locations where store_id = $1 and id = $2',
    [stores.current().id, id],
  );
  if (!found) throw new errors.INVENTORY_ERR_LOCATION(id);
  return found.id;
}

async function makeDefault({ clock, database, i18n, stores }: Needs): Promise<Id | undefined> {
  const { id: storeId, locale } = stores.current();
  const [found] = await database.query<{ id: Id }>(
    `with found as (select id from inventory.locations where store_id = $1 and is_default),
     made as (
       insert into inventory.locations (store_id, name, is_default, created_at, changed_at, changed_by)
       select $1, $2, true, $3, $3, $4 where not exists (select from found)
       on conflict do nothing returning id)
     select id from found union all select id from made`,
    [storeId, i18n.text('location.default', {}, locale), clock.now(), actorName(stores.actor())],
  );
  return found?.id;
}
