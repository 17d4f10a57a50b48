import type { Cradle, Id } from 'kontor/sdk';
import { canBecome } from '../models/states.ts';
import { changeOrder } from './change-order.ts';
import { dropOpen } from './drop-open.ts';
import { lockOrder } from './lock-order.ts';
import { writeTimeline } from './write-timeline.ts';

/** The money is back: the refund is done, and an order of which everything is back is refunded. Again is nothing. */
export async function settleRefund(
  orderId: Id,
  refundId: Id,
  services: Pick<Cradle, 'clock' | 'database' | 'stores'> & Partial<Pick<Cradle, 'inventory'>>,
): Promise<void> {
  const { clock, database, inventory, stores } = services;
  const store = stores.current().id;
  const [settled] = await database.query<{ amount: number }>(
    `update orders.refunds set state = 'done', settled_at = $4
     where store_id = $1 and order_id = $2 and id = $3 and state = 'pending' returning amount`,
    [store, orderId, refundId, clock.now()],
  );
  if (!settled) return;
  const order = (await lockOrder({ id: orderId }, services))!;
  const [sum] = await database.query<{ amount: number }>(
    `select coalesce(sum(amount), 0)::bigint as amount from orders.refunds
     where store_id = $1 and order_id = $2 and state = 'done'`,
    [store, orderId],
  );
  const isAll = sum!.amount > 0 && sum!.amount >= order.totals.total;
  const isOver = isAll && canBecome(order.state, 'refunded');
  if (isOver && order.state !== 'shipped' && order.state !== 'delivered') {
    await dropOpen(orderId, services);
    await inventory?.release(order.stockReference);
  }
  const paymentState = isAll ? 'refunded' : 'partially_refunded';
  const state = isOver ? 'refunded' : order.state;
  await changeOrder(
    orderId,
    { payment_state: sum!.amount > 0 ? paymentState : order.paymentState, state },
    services,
  );
  const details = { refundId, amount: settled.amount };
  await writeTimeline({ orderId, kind: 'refunded', details }, services);
}
