import type { Cradle, Id } from 'kontor/sdk';

export type IncomingState = 'open' | 'received' | 'cancelled';
export type IncomingLine = { readonly variantId: Id; readonly expected: number; readonly received: number };
/** Goods that a supplier sends. */
export type Incoming = {
  readonly id: Id;
  readonly version: number;
  readonly state: IncomingState;
  readonly locationId: Id;
  readonly supplier: string;
  readonly number: string;
  readonly note: string;
  /** A day, e.g. `2026-11-23`. */
  readonly expectedOn: string | null;
  readonly lines: readonly IncomingLine[];
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly changedAt: Date;
  readonly changedBy: string;
};
type Needs = Pick<Cradle, 'database' | 'stores'>;

const INCOMING = `
  select id, version, state, location_id as "locationId", supplier, number, note, expected_on as "expectedOn",
    created_at as "createdAt", closed_at as "closedAt", changed_at as "changedAt", changed_by as "changedBy",
    (select coalesce(json_agg(json_build_object('variantId', variant_id, 'expected', expected, 'received', received)
       order by variant_id), '[]')
     from inventory.incoming_lines n where n.store_id = $1 and n.incoming_id = o.id) as lines
  from inventory.incoming o`;

export async function readIncoming({ database, stores }: Needs, id: Id): Promise<Incoming | undefined> {
  const [one] = await database.query<Incoming>(`${INCOMING} where store_id = $1 and id = $2`, [
    stores.current().id,
    id,
  ]);
  return one;
}

/** Newest first. */
export function listIncoming(
  { database, stores }: Needs,
  { state, before, limit }: { state?: IncomingState | undefined; before?: Id | undefined; limit: number },
): Promise<Incoming[]> {
  return database.query<Incoming>(
    `${INCOMING} where store_id = $1 and ($2::text is null or state = $2) and ($3::bigint is null or id < $3)
     order by id desc limit $4`,
    [stores.current().id, state ?? null, before ?? null, limit],
  );
}
