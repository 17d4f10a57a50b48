import type { Cradle, ShippingZone } from 'kontor/sdk';

/** Zones of a store with their rates, in order. One query. */
export async function readZones(
  database: Pick<Cradle['database'], 'read'>,
  storeId: number,
): Promise<readonly ShippingZone[]> {
  const zones = await database.read<ShippingZone>('zones', ZONES, [storeId]);
  return zones.map((zone) => ({ ...zone, rates: zone.rates.map(withTime) }));
}

/** JSON has no times. */
function withTime<Rate extends { updatedAt: Date }>(rate: Rate): Rate {
  return { ...rate, updatedAt: new Date(rate.updatedAt) };
}

export const ZONE = `id, version, name, countries, postal_codes as "postalCodes", position, is_active as "isActive",
    updated_by as "updatedBy", updated_at as "updatedAt"`;
export const RATE = `id, zone_id as "zoneId", version, type, args, title, description, translations, currency,
    free_from as "freeFrom", position, is_active as "isActive", updated_by as "updatedBy", updated_at as "updatedAt"`;

const ZONES = `
  select ${ZONE}, coalesce(of_zone.rates, '[]') as rates
  from shipping.zones z
  left join lateral (
    select jsonb_agg(to_jsonb(r) order by r.position, r.id) as rates
    from (select ${RATE} from shipping.rates where store_id = $1 and zone_id = z.id) r
  ) of_zone on true
  where store_id = $1 order by position, id`;
