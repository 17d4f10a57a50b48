import type { Cradle, DeliveredEvent, Events } from 'kontor/sdk';
import { noteRefund } from '../actions/note-refund.ts';
import { takeBackRefund } from '../actions/take-back-refund.ts';
import { paymentStatesBefore } from '../models/states.ts';
import { changeOrder } from '../services/change-order.ts';
import { lockOrder } from '../services/lock-order.ts';
import { markAsPaid } from '../services/mark-as-paid.ts';
import { writeTimeline } from '../services/write-timeline.ts';

/** Money has come. Less than the order costs pays nothing, and is written down for a person. */
export async function paymentCaptured(
  { payload }: DeliveredEvent<Events['payment.captured']>,
  services: Cradle,
): Promise<void> {
  await services.database.transaction(async () => {
    const order = await lockOrder({ paymentId: payload.paymentId }, services);
    if (!order) return;
    const { amount, currency } = payload;
    if (currency === order.currency && amount >= order.totals.total) await markAsPaid(order, services);
    else
      await writeTimeline(
        { orderId: order.id, kind: 'paid_in_part', details: { amount, currency } },
        services,
      );
  });
}

/** Money that was promised does not come: nothing ships before somebody has looked. */
export async function paymentFailed(
  { payload }: DeliveredEvent<Events['payment.failed']>,
  services: Cradle,
): Promise<void> {
  await services.database.transaction(async () => {
    const order = await lockOrder({ paymentId: payload.paymentId }, services);
    if (!order || !paymentStatesBefore('failed').includes(order.paymentState)) return;
    await changeOrder(order.id, { payment_state: 'failed' }, services);
    await writeTimeline({ orderId: order.id, kind: 'payment_failed' }, services);
  });
}

/** Money is back with the buyer: by our wish, or by somebody at the provider. */
export async function paymentRefunded(
  { payload }: DeliveredEvent<Events['payment.refunded']>,
  services: Cradle,
): Promise<void> {
  await noteRefund(payload, services);
}

/** Money that was to go back has not gone. */
export async function paymentRefundFailed(
  { payload }: DeliveredEvent<Events['payment.refund_failed']>,
  services: Cradle,
): Promise<void> {
  await takeBackRefund(payload, services);
}
