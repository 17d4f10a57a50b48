import {
  actorName,
  type Cradle,
  type Id,
  ok,
  refused,
  schemaFaults,
  type ShippingRateInput,
  type ShippingZoneRate,
  type ShippingZones,
} from 'kontor/sdk';
import { changed } from './changed.ts';
import { RATE } from './read-zones.ts';

export type Needs = Pick<Cradle, 'clock' | 'database' | 'points' | 'random' | 'settings' | 'stores'>;

const MOST_RATES = 50; // of a zone; a buyer chooses among a few

/** Rates of a zone, as its team changes them. @param renew - called in the transaction of each change */
export function createRates(
  { clock, database: { query, transaction }, points, stores }: Needs,
  renew: () => Promise<unknown>,
): Pick<ShippingZones, 'createRate' | 'updateRate' | 'removeRate'> {
  const store = () => stores.current().id;

  /** What is wrong with the args, by the schema of the type. */
  async function faultOf({ type: code, args }: Pick<ShippingZoneRate, 'type' | 'args'>) {
    const types = points.of('shippingRates');
    const type = types.find((one) => one.code === code);
    if (!type) return refused('unknownType', { type: code, known: types.map((one) => one.code) });
    const faults = await schemaFaults(type.args, args);
    return faults.length > 0 ? refused('badArgs', { faults }) : undefined;
  }

  async function locked(id: Id): Promise<ShippingZoneRate | undefined> {
    const sql = `select ${RATE} from shipping.rates where store_id = $1 and id = $2 for update`;
    return (await query<ShippingZoneRate>(sql, [store(), id]))[0];
  }

  function values(rate: Required<ShippingRateInput>): unknown[] {
    const { type, args, title, description, translations, currency, freeFrom, position, isActive } = rate;
    const texts = [title, description, JSON.stringify(translations)];
    const by = [actorName(stores.actor()), clock.now()];
    return [type, JSON.stringify(args), ...texts, currency, freeFrom, position, isActive, ...by];
  }

  return {
    async createRate(zoneId, input) {
      const wrong = await faultOf(input);
      if (wrong) return wrong;
      return transaction(async () => {
        const [zone] = await query<{ count: number; last: number | null }>(ROOM, [store(), zoneId]);
        if (!zone) return refused('notFound');
        if (zone.count >= MOST_RATES) return refused('tooMany', { max: MOST_RATES });
        const usual = { description: '', translations: {}, freeFrom: null, isActive: true };
        const { currency } = stores.current();
        const rate = { ...usual, currency, position: (zone.last ?? 0) + 1, ...input };
        const [made] = await query<ShippingZoneRate>(INSERT, [store(), zoneId, ...values(rate)]);
        await renew();
        return ok(made!);
      });
    },
    updateRate: (id, { version, ...change }) =>
      transaction(async () => {
        const rate = await locked(id);
        if (!rate) return refused('notFound');
        if (version !== undefined && version !== rate.version) return changed(rate);
        const next = { ...rate, ...change };
        const wrong = change.type || change.args ? await faultOf(next) : undefined;
        if (wrong) return wrong;
        const [saved] = await query<ShippingZoneRate>(UPDATE, [store(), id, ...values(next)]);
        await renew();
        return ok(saved!);
      }),
    removeRate: (id) =>
      transaction(async () => {
        const sql = 'delete from shipping.rates where store_id = $1 and id = $2 returning id';
        if ((await query(sql, [store(), id])).length === 0) return refused('notFound');
        await renew();
        return ok();
      }),
  };
}

const ROOM = `
  select (select count(*) from shipping.rates r where r.store_id = $1 and r.zone_id = z.id) as count,
    (select max(position) from shipping.rates r where r.store_id = $1 and r.zone_id = z.id) as last
  from shipping.zones z where z.store_id = $1 and z.id = $2`;

const INSERT = `
  insert into shipping.rates (store_id, zone_id, type, args, title, description, translations, currency, free_from,
    position, is_active, updated_by, updated_at)
  values ($1, $2, $3, $4::jsonb, $5, $6, $7::jsonb, $8, $9, $10, $11, $12, $13) returning ${RATE}`;

const UPDATE = `
  update shipping.rates set type = $3, args = $4::jsonb, title = $5, description = $6, translations = $7::jsonb, currency = $8,
    free_from = $9, position = $10, is_active = $11, updated_by = $12, updated_at = $13, version = version + 1
  where store_id = $1 and id = $2 returning ${RATE}`;
