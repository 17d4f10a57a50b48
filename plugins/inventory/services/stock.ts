import type { Cradle, Id } from 'kontor/sdk';

/** A variant as its row says, locked until the end of the transaction. */
export type Item = {
  readonly variantId: Id;
  readonly isTracked: boolean;
  readonly isBackOrderAllowed: boolean;
};
/** What a variant has at a location. */
export type Level = {
  readonly variantId: Id;
  readonly locationId: Id;
  readonly onHand: number;
  readonly reserved: number;
  readonly isDefault: boolean;
};
/** What a reference holds. At location 0 is what was not tracked when it was sold. */
export type Held = {
  readonly reference: string;
  readonly variantId: Id;
  readonly locationId: Id;
  readonly quantity: number;
  readonly expiresAt: Date | null;
};
export type Stock = { readonly items: Map<Id, Item>; readonly levels: Level[]; readonly held: Held[] };

/**
 * Locks variants and gives their stock as it is under the lock. Everything about stock begins here: the row of a variant in
 * `items` guards its levels and reservations, and rows are locked in the order of their ids, so that nobody waits in a
 * circle.
 *
 * Two statements, sent together: the second sees what was committed while the first one waited.
 *
 * @param reference - variants it holds are locked too, and what it holds of all of them is given
 * @returns levels by variant, the default location first; holds of the reference, and those of others that have expired
 */
export async function lockStock(
  services: Pick<Cradle, 'clock' | 'database' | 'stores'>,
  { variantIds, reference = '' }: { variantIds: readonly Id[]; reference?: string },
): Promise<Stock> {
  const { clock, database, stores } = services;
  const values = [stores.current().id, [...variantIds], reference];
  const [items, rows] = await Promise.all([
    database.read<Item>('lock', LOCK, values),
    database.read<LevelRow | HeldRow>('stock', READ, [...values, clock.now()]),
  ]);
  const stock = {
    items: new Map(items.map((item) => [item.variantId, item])),
    levels: rows.filter((row) => row.reference === null),
    held: rows.filter((row) => row.reference !== null),
  };
  // Somebody else reserved for the same reference while this one waited: what they took is to be locked as well.
  const late = stock.levels.filter(({ variantId }) => !stock.items.has(variantId));
  if (late.length === 0) return stock;
  const all = [...new Set([...variantIds, ...late.map(({ variantId }) => variantId)])];
  return lockStock(services, { variantIds: all, reference });
}

type LevelRow = Level & { reference: null };
type HeldRow = Held & { onHand: null };

const VARIANTS = `any ($2::bigint[] || array(
  select variant_id from inventory.reservations where store_id = $1 and reference = $3))`;

const LOCK = `
  select variant_id as "variantId", is_tracked as "isTracked", is_back_order_allowed as "isBackOrderAllowed"
  from inventory.items where store_id = $1 and variant_id = ${VARIANTS}
  order by variant_id for update`;

const READ = `
  select l.variant_id as "variantId", l.location_id as "locationId", l.on_hand as "onHand", l.reserved,
    p.is_default as "isDefault", p.position, null as reference, null::bigint as quantity, null::timestamptz as "expiresAt"
  from inventory.levels l
  join inventory.locations p on p.store_id = $1 and p.id = l.location_id
  where l.store_id = $1 and l.variant_id = ${VARIANTS}
  union all
  select variant_id, location_id, null, null, null, null, reference, quantity, expires_at
  from inventory.reservations
  where store_id = $1 and (reference = $3 or variant_id = any ($2::bigint[]) and expires_at <= $4)
  order by "variantId", "isDefault" desc, position, "locationId"`;
