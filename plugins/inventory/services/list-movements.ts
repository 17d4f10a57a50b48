import type { Cradle, Id } from 'kontor/sdk';

export type MovementQuery = {
  variantId?: Id;
  locationId?: Id;
  reference?: string;
  kind?: string;
  before?: Id;
  limit: number;
};

/** What happened to stock, newest first. */
export function listMovements(
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
  query: MovementQuery,
): Promise<{ id: Id }[]> {
  const values: unknown[] = [stores.current().id];
  const wanted = {
    variant_id: query.variantId,
    location_id: query.locationId,
    reference: query.reference,
    kind: query.kind,
  };
  const conditions = Object.entries(wanted).flatMap(([column, value]) =>
    value === undefined ? [] : [`and ${column} = $${values.push(value)}`],
  );
  if (query.reference !== undefined) conditions.push(`and reference <> ''`);
  if (query.before !== undefined) conditions.push(`and id < $${values.push(query.before)}`);
  return database.query<{ id: Id }>(
    `select id, variant_id as "variantId", location_id as "locationId", kind, on_hand_before as "onHandBefore",
       on_hand_after as "onHandAfter", reserved_before as "reservedBefore", reserved_after as "reservedAfter",
       reference, reason, actor, at
     from inventory.movements where store_id = $1 ${conditions.join(' ')} order by id desc limit $${values.push(query.limit)}`,
    values,
  );
}
