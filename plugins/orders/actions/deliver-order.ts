import { type Cradle, ok, type Id, refused, type Result } from 'kontor/sdk';
import { canBecome } from '../models/states.ts';
import { changeOrder } from '../services/change-order.ts';
import { lockOrder } from '../services/lock-order.ts';
import { writeTimeline } from '../services/write-timeline.ts';

/** Notes that everything that was sent has arrived. */
export async function deliverOrder(
  id: Id,
  { at }: { at?: Date },
  services: Cradle,
): Promise<Result<undefined, 'notFound' | 'notShipped'>> {
  const { clock, database, events, stores } = services;
  return database.transaction(async () => {
    const order = await lockOrder({ id }, services);
    if (!order) return refused('notFound');
    if (!canBecome(order.state, 'delivered')) return refused('notShipped', { state: order.state });
    await database.query(
      `update orders.fulfilments set state = 'delivered', delivered_at = $3
       where store_id = $1 and order_id = $2 and state = 'shipped'`,
      [stores.current().id, id, at ?? clock.now()],
    );
    await changeOrder(id, { state: 'delivered' }, services);
    await writeTimeline({ orderId: id, kind: 'delivered', at }, services);
    await events.emit('order.delivered', { orderId: id }, { entity: `order:${id}` });
    return ok();
  });
}
