import type { Cradle, StockProof } from 'kontor/sdk';

/** Plays the ledger again beside the tables that stand for it. One statement, so that nothing moves meanwhile. */
export async function verify({ database, stores }: Pick<Cradle, 'database' | 'stores'>): Promise<StockProof> {
  const [row] = await database.query<{ movements: number; levels: number; faults: StockProof['faults'] }>(
    VERIFY,
    [stores.current().id],
  );
  return { isRight: row!.faults.length === 0, ...row! };
}

const VERIFY = `
  with moved as (
    select variant_id, location_id, sum(on_hand_after - on_hand_before)::bigint as on_hand,
      sum(reserved_after - reserved_before)::bigint as reserved, count(*) as moves
    from inventory.movements where store_id = $1 group by 1, 2
  ), level as (select * from inventory.levels where store_id = $1
  ), both_sides as (
    select variant_id, location_id, coalesce(m.on_hand, 0) as on_hand_wanted, coalesce(l.on_hand, 0) as on_hand,
      coalesce(m.reserved, 0) as reserved_wanted, coalesce(l.reserved, 0) as reserved
    from moved m full join level l using (variant_id, location_id)
  ), linked as (
    select variant_id, location_id, on_hand_before, reserved_before,
      coalesce(lag(on_hand_after) over w, 0) as on_hand_wanted, coalesce(lag(reserved_after) over w, 0) as reserved_wanted
    from inventory.movements where store_id = $1 window w as (partition by variant_id, location_id order by id)
  ), held as (
    select variant_id, location_id, sum(quantity)::bigint as quantity from inventory.reservations
    where store_id = $1 and location_id <> 0 group by 1, 2
  ), expected as (
    select n.variant_id, sum(greatest(n.expected - n.received, 0))::bigint as quantity
    from inventory.incoming_lines n join inventory.incoming o on o.store_id = $1 and o.id = n.incoming_id
    where n.store_id = $1 and o.state = 'open' group by 1
  ), summed as (
    select variant_id, sum(on_hand)::bigint as on_hand, sum(reserved)::bigint as reserved from level group by 1
  ), item as (select * from inventory.items where store_id = $1
  ), fault as (
    select variant_id, location_id, 'onHand' as what, on_hand_wanted as wanted, on_hand as found
    from both_sides where on_hand <> on_hand_wanted
    union all select variant_id, location_id, 'reserved', reserved_wanted, reserved
    from both_sides where reserved <> reserved_wanted
    union all select variant_id, location_id, 'chain', on_hand_wanted, on_hand_before
    from linked where on_hand_before <> on_hand_wanted
    union all select variant_id, location_id, 'chain', reserved_wanted, reserved_before
    from linked where reserved_before <> reserved_wanted
    union all select variant_id, location_id, 'reservations', coalesce(l.reserved, 0), coalesce(h.quantity, 0)
    from level l full join held h using (variant_id, location_id) where coalesce(l.reserved, 0) <> coalesce(h.quantity, 0)
    union all select variant_id, null, 'sums', coalesce(s.on_hand - s.reserved, 0), coalesce(i.on_hand - i.reserved, 0)
    from summed s full join item i using (variant_id)
    where (coalesce(s.on_hand, 0), coalesce(s.reserved, 0)) <> (coalesce(i.on_hand, 0), coalesce(i.reserved, 0))
    union all select variant_id, null, 'incoming', coalesce(e.quantity, 0), coalesce(i.incoming, 0)
    from expected e full join item i using (variant_id) where coalesce(e.quantity, 0) <> coalesce(i.incoming, 0)
  )
  select (select coalesce(sum(moves), 0)::bigint from moved) as movements, (select count(*) from level) as levels,
    (select coalesce(json_agg(json_build_object('variantId', variant_id, 'locationId', location_id, 'what', what,
      'wanted', wanted, 'found', found)), '[]') from (select * from fault order by variant_id limit 100) f) as faults`;
