import { actorName, type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { lockOrder } from '../services/lock-order.ts';
import { markAsPaid } from '../services/mark-as-paid.ts';

/** The team has seen the money: on its account, on the counter. */
export async function markPaid(
  id: Id,
  services: Cradle,
): Promise<Result<undefined, 'notFound' | 'notWaiting'>> {
  const { database, stores } = services;
  const { payments }: Partial<Cradle> = services;
  return database.transaction(async () => {
    const order = await lockOrder({ id }, services);
    if (!order) return refused('notFound');
    const isWaiting = order.paymentState === 'pending' && order.state !== 'cancelled';
    if (!isWaiting) return refused('notWaiting', { paymentState: order.paymentState });
    if (order.paymentId !== null && payments) {
      const marked = await payments.markPaid(order.paymentId, actorName(stores.actor()));
      if (!marked.ok) return refused('notWaiting', { ...marked.details });
    }
    await markAsPaid(order, services);
    return ok();
  });
}
