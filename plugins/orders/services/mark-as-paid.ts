import type { Cradle } from 'kontor/sdk';
import { canBecome, WAITING_STATES } from '../models/states.ts';
import { changeOrder } from './change-order.ts';
import type { LockedOrder } from './lock-order.ts';
import { writeTimeline } from './write-timeline.ts';

/**
 * The money of a locked order is there; what waited for it goes on.
 *
 * @returns false when it was paid before
 */
export async function markAsPaid(
  order: LockedOrder,
  services: Pick<Cradle, 'clock' | 'database' | 'events' | 'stores'>,
): Promise<boolean> {
  if (!WAITING_STATES.includes(order.paymentState)) return false;
  const goesOn = order.state === 'pending' && canBecome(order.state, 'processing');
  const state = goesOn ? 'processing' : order.state;
  await changeOrder(order.id, { payment_state: 'paid', state }, services);
  await writeTimeline({ orderId: order.id, kind: 'paid' }, services);
  await services.events.emit('order.paid', { orderId: order.id }, { entity: `order:${order.id}` });
  return true;
}
