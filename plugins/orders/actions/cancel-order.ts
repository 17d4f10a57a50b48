import { type Cradle, ok, type Id, refused, type Result } from 'kontor/sdk';
import { canBecome, paymentStatesBefore } from '../models/states.ts';
import { changeOrder } from '../services/change-order.ts';
import { dropOpen } from '../services/drop-open.ts';
import { lockOrder } from '../services/lock-order.ts';
import { writeTimeline } from '../services/write-timeline.ts';

/** Calls an order off before anything has left: stock is let go, and the money goes back after the commit. */
export async function cancelOrder(
  id: Id,
  { reason, notify = true, at }: { reason: string; notify?: boolean; at?: Date },
  services: Cradle,
): Promise<Result<undefined, 'notFound' | 'shipped' | 'cancelled'>> {
  const { clock, database, events } = services;
  const { inventory, payments }: Partial<Cradle> = services;
  return database.transaction(async () => {
    const order = await lockOrder({ id }, services);
    if (!order) return refused('notFound');
    if (!canBecome(order.state, 'cancelled')) {
      const isOver = order.state === 'cancelled' || order.state === 'refunded';
      return refused(isOver ? 'cancelled' : 'shipped', { state: order.state });
    }
    await inventory?.release(order.stockReference);
    if (order.paymentId !== null) await payments?.giveBack(order.paymentId, reason);
    await dropOpen(id, services);
    const isUnpaid = paymentStatesBefore('voided').includes(order.paymentState);
    const paymentState = isUnpaid ? 'voided' : order.paymentState;
    const change = { state: 'cancelled', payment_state: paymentState, cancelled_at: at ?? clock.now() };
    await changeOrder(id, change, services);
    await writeTimeline({ orderId: id, kind: 'cancelled', details: { reason }, at }, services);
    await events.emit('order.cancelled', { orderId: id, notify }, { entity: `order:${id}` });
    return ok();
  });
}
