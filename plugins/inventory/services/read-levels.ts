import type { Cradle, Id, StockLevel } from 'kontor/sdk';

type Row = Omit<StockLevel, 'available'>;

/**
 * One row a variant, by its key. What is held past its time is seen as free, whether it was taken back yet or not; so is what
 * `heldBy` holds, to whom it is not taken.
 */
export async function readLevels(
  { clock, database, stores }: Pick<Cradle, 'clock' | 'database' | 'stores'>,
  variantIds: readonly Id[],
  { heldBy = '' }: { heldBy?: string } = {},
): Promise<Map<Id, StockLevel>> {
  if (variantIds.length === 0) return new Map();
  const rows = await database.read<Row>('levels', LEVELS, [
    stores.current().id,
    [...variantIds],
    clock.now(),
    heldBy,
  ]);
  const known = new Map(rows.map((row) => [row.variantId, shown(row)]));
  return new Map(variantIds.map((variantId) => [variantId, known.get(variantId) ?? untracked(variantId)]));
}

// Where the planner sees which and how many, it plans the statement anew each time, for longer than it takes to run.
const IDS = '(select $2::bigint[])::bigint[]';
const LEVELS = `
  select i.variant_id as "variantId", is_tracked as "isTracked", on_hand as "onHand", incoming,
    reserved - coalesce(free.quantity, 0) as reserved, is_back_order_allowed as "isBackOrderAllowed"
  from inventory.items i
  left join (
    select variant_id, sum(quantity)::bigint as quantity from (
      select variant_id, quantity from inventory.reservations
      where store_id = $1 and variant_id = any (${IDS}) and expires_at <= $3 and location_id <> 0
      union all
      select variant_id, quantity from inventory.reservations
      where store_id = $1 and reference = $4 and variant_id = any (${IDS}) and location_id <> 0
        and (expires_at is null or expires_at > $3)) held
    group by variant_id) free on free.variant_id = i.variant_id
  where i.store_id = $1 and i.variant_id = any (${IDS})`;

function shown(row: Row): StockLevel {
  if (!row.isTracked) return { ...untracked(row.variantId), incoming: row.incoming };
  return { ...row, available: row.onHand - row.reserved };
}

function untracked(variantId: Id): StockLevel {
  const none = { onHand: 0, reserved: 0, available: 0, incoming: 0 };
  return { variantId, isTracked: false, ...none, isBackOrderAllowed: true };
}
