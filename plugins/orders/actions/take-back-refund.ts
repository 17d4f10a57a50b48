import type { Cradle, Events } from 'kontor/sdk';
import { changeOrder } from '../services/change-order.ts';
import { type LockedOrder, lockOrder } from '../services/lock-order.ts';
import { writeTimeline } from '../services/write-timeline.ts';
import { REFUND_COLUMNS, type RefundRow } from '../models/refund.ts';

/**
 * A refund has failed for good: its amounts can be given back again, as a plain amount. Units stay as they are: what was let
 * go or taken in does not come back by a bank's word.
 */
export async function takeBackRefund(
  { paymentId, key }: Events['payment.refund_failed'],
  services: Cradle,
): Promise<void> {
  const { database, events, stores } = services;
  await database.transaction(async () => {
    const order = await lockOrder({ paymentId }, services);
    if (!order) return;
    const [refund] = await database.query<RefundRow>(
      `update orders.refunds set state = 'failed' where store_id = $1 and order_id = $2 and key = $3 and state <> 'failed'
       returning ${REFUND_COLUMNS}`,
      [stores.current().id, order.id, key],
    );
    if (!refund) return;
    await takeBack(order, refund, services);
    const details = { refundId: refund.id, amount: refund.amount };
    await writeTimeline({ orderId: order.id, kind: 'refund_failed', details }, services);
    const payload = { ...details, orderId: order.id, currency: order.currency };
    await events.emit('order.refund_failed', payload, { entity: `order:${order.id}` });
  });
}

async function takeBack(order: LockedOrder, refund: RefundRow, services: Cradle): Promise<void> {
  const { database, stores } = services;
  await database.query(
    `update orders.lines l set refunded_amount = l.refunded_amount - x.amount, refunded_tax = l.refunded_tax - x.tax
     from jsonb_to_recordset($3::jsonb) as x("lineId" bigint, amount bigint, tax bigint)
     where l.store_id = $1 and l.order_id = $2 and l.id = x."lineId"`,
    [stores.current().id, order.id, JSON.stringify(refund.lines)],
  );
  const [done] = await database.query<{ amount: number }>(
    `select coalesce(sum(amount), 0)::bigint as amount from orders.refunds
     where store_id = $1 and order_id = $2 and state = 'done'`,
    [stores.current().id, order.id],
  );
  await changeOrder(
    order.id,
    {
      refunded_amount: order.refundedAmount - refund.amount,
      refunded_shipping: order.refundedShipping.amount - refund.shipping_amount,
      refunded_shipping_tax: order.refundedShipping.tax - refund.shipping_tax_amount,
      payment_state: done!.amount > 0 ? 'partially_refunded' : 'paid',
    },
    services,
  );
}
