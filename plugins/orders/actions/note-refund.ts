import type { Cradle, Events } from 'kontor/sdk';
import { type LockedOrder, lockOrder } from '../services/lock-order.ts';
import { refundable } from '../services/refundable.ts';
import { refundShares } from '../services/refund-shares.ts';
import { settleRefund } from '../services/settle-refund.ts';
import { writeRefund } from '../services/write-refund.ts';

/**
 * A provider says that money is back. A refund of ours is settled; one that nobody here asked for (a cancellation, the
 * provider's own desk) is written down as a plain amount. The key makes each count once.
 */
export async function noteRefund(payload: Events['payment.refunded'], services: Cradle): Promise<void> {
  const { database, stores } = services;
  await database.transaction(async () => {
    const order = await lockOrder({ paymentId: payload.paymentId }, services);
    if (!order) return;
    const [known] = await database.query<{ id: number }>(
      'select id from orders.refunds where store_id = $1 and key = $2',
      [stores.current().id, payload.key],
    );
    const refundId = known?.id ?? (await writeForeign(order, payload, services));
    await settleRefund(order.id, refundId, services);
  });
}

async function writeForeign(
  order: LockedOrder,
  { key, amount }: Events['payment.refunded'],
  services: Cradle,
): Promise<number> {
  const left = order.totals.total - order.refundedAmount;
  const shares = refundShares(refundable(order), { amount: Math.min(amount, left) });
  if (!shares.ok) throw new Error(`Expected ${left} to be left of order ${order.id}`);
  const reason = order.state === 'cancelled' ? 'cancelled' : 'provider';
  const refund = await writeRefund(
    order,
    { key, shares: shares.value, dropped: [], reason, restock: false },
    services,
  );
  const payload = { orderId: order.id, refundId: refund.id, amount: refund.amount, currency: order.currency };
  // The mail about the cancellation says so already.
  const notify = order.state !== 'cancelled';
  await services.events.emit('order.refunded', { ...payload, notify }, { entity: `order:${order.id}` });
  return refund.id;
}
