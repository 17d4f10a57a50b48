import {
  actorName,
  type Id,
  ok,
  refused,
  type ShippingZone,
  type ShippingZoneInput,
  type ShippingZones,
} from 'kontor/sdk';
import { COUNTRIES } from '../data/countries.ts';
import { changed } from './changed.ts';
import { isPostalPattern } from './postal-codes.ts';
import { createRates, type Needs } from './rates.ts';
import { readZones, ZONE } from './read-zones.ts';

type Row = Omit<ShippingZone, 'rates'>;

const MOST_ZONES = 200; // each look of a buyer goes through all of them
const KNOWN = new Set([...COUNTRIES, '*']);

/** Zones and rates of the current store, as its team changes them. */
export function createZones(services: Needs): ShippingZones {
  const { clock, database, points, random, settings, stores } = services;
  const { query, transaction } = database;
  const store = () => stores.current().id;
  /** In the transaction of a change: every process reads anew once it is committed. */
  const renew = () => settings.set({ revision: random.uuid() });

  async function withRates(row: Row): Promise<ShippingZone> {
    return (await readZones(database, store())).find(({ id }) => id === row.id)!;
  }

  async function locked(id: Id): Promise<Row | undefined> {
    const sql = `select ${ZONE} from shipping.zones where store_id = $1 and id = $2 for update`;
    return (await query<Row>(sql, [store(), id]))[0];
  }

  function values(input: Required<ShippingZoneInput>): unknown[] {
    const { name, countries, postalCodes, position, isActive } = input;
    return [name, countries, postalCodes, position, isActive, actorName(stores.actor()), clock.now()];
  }

  return {
    list: () => readZones(database, store()),
    createZone: (input) =>
      transaction(async () => {
        const wrong = faultOf(input);
        if (wrong) return wrong;
        const sql = 'select count(*) as count, max(position) as last from shipping.zones where store_id = $1';
        const [known] = await query<{ count: number; last: number | null }>(sql, [store()]);
        if (known!.count >= MOST_ZONES) return refused('tooMany', { max: MOST_ZONES });
        const zone = { postalCodes: [], isActive: true, position: (known!.last ?? 0) + 1, ...input };
        const [row] = await query<Row>(
          `insert into shipping.zones (store_id, name, countries, postal_codes, position, is_active, updated_by, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${ZONE}`,
          [store(), ...values(zone)],
        );
        await renew();
        return ok({ ...row!, rates: [] });
      }),
    updateZone: (id, { version, ...change }) =>
      transaction(async () => {
        const wrong = faultOf(change);
        if (wrong) return wrong;
        const zone = await locked(id);
        if (!zone) return refused('notFound');
        if (version !== undefined && version !== zone.version) return changed(zone);
        const [row] = await query<Row>(
          `update shipping.zones set name = $3, countries = $4, postal_codes = $5, position = $6, is_active = $7,
             updated_by = $8, updated_at = $9, version = version + 1
           where store_id = $1 and id = $2 returning ${ZONE}`,
          [store(), id, ...values({ ...zone, ...change })],
        );
        await renew();
        return ok(await withRates(row!));
      }),
    removeZone: (id) =>
      transaction(async () => {
        const sql = 'delete from shipping.zones where store_id = $1 and id = $2 returning id';
        if ((await query(sql, [store(), id])).length === 0) return refused('notFound');
        await renew();
        return ok();
      }),
    ...createRates(services, renew),
    types: () =>
      points
        .of('shippingRates')
        .map(({ code, title, args, isPickup = false }) => ({ code, title, args, isPickup })),
  };
}

function faultOf({ countries = [], postalCodes = [] }: ShippingZoneInput) {
  const unknown = countries.filter((country) => !KNOWN.has(country));
  if (unknown.length > 0) return refused('unknownCountry', { countries: unknown });
  const wrong = postalCodes.filter((pattern) => !isPostalPattern(pattern));
  return wrong.length > 0 ? refused('badPostalCode', { postalCodes: wrong }) : undefined;
}
