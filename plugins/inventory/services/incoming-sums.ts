import type { Cradle, Id } from 'kontor/sdk';

/** Adds up anew what is on its way of variants, whose rows are locked. One statement. */
export async function sumIncoming(
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
  variantIds: readonly Id[],
): Promise<void> {
  await database.query(
    `update inventory.items i set incoming = coalesce((
       select sum(greatest(n.expected - n.received, 0)) from inventory.incoming_lines n
       join inventory.incoming o on o.store_id = $1 and o.id = n.incoming_id and o.state = 'open'
       where n.store_id = $1 and n.variant_id = i.variant_id), 0)
     where i.store_id = $1 and i.variant_id = any ($2::bigint[])`,
    [stores.current().id, [...variantIds]],
  );
}
