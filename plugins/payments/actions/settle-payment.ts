import type { Cradle, Id } from 'kontor/sdk';
import { errors } from '../errors.ts';

/** See `Payments.settle`. */
export async function settlePayment({ database, jobs, stores }: Cradle, id: Id, orderId: Id): Promise<void> {
  const [row] = await database.read<{ state: string }>(
    'settle',
    `update payments.payments set order_id = coalesce(order_id, $3) where store_id = $1 and id = $2 returning state`,
    [stores.current().id, id, orderId],
  );
  if (!row) throw new errors.PAYMENTS_ERR_UNKNOWN_PAYMENT(id);
  if (row.state === 'authorised') await jobs.send('payments.capture', { paymentId: id }, { key: String(id) });
}
