import type { Cradle, Id } from 'kontor/sdk';

/** What has not shipped of an order never will. */
export async function dropOpen(
  orderId: Id,
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<void> {
  await database.query(
    `update orders.lines set dropped_quantity = quantity - shipped_quantity
     where store_id = $1 and order_id = $2 and dropped_quantity < quantity - shipped_quantity`,
    [stores.current().id, orderId],
  );
}
