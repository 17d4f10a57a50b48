import type { Cradle, Id, OrderEvent } from 'kontor/sdk';

/** What happened to an order, oldest first. */
export async function readTimeline(
  id: Id,
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<OrderEvent[]> {
  return database.query<OrderEvent>(
    'select id, kind, actor, details, at from orders.timeline where store_id = $1 and order_id = $2 order by id',
    [stores.current().id, id],
  );
}
