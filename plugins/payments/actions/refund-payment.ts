import { type Cradle, type Id, ok, type Payments, refused } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { leftToRefund, lockPayment } from '../services/rows.ts';

/** See `Payments.refund`. */
export function refundPayment(
  services: Cradle,
  { paymentId, key, amount, reason }: Parameters<Payments['refund']>[0],
): ReturnType<Payments['refund']> {
  const { clock, database, jobs, random, stores } = services;
  const storeId = stores.current().id;
  return database.transaction(async () => {
    const row = await lockPayment(services, paymentId);
    if (!row) return refused('notFound');
    if (amount.amount < 1 || !Number.isSafeInteger(amount.amount) || amount.currency !== row.currency)
      throw new errors.PAYMENTS_ERR_REFUND_AMOUNT(row.currency, row.id, amount.amount, amount.currency);
    const [known] = await database.query<{ id: Id }>(
      'select id from payments.refunds where store_id = $1 and payment_id = $2 and key = $3',
      [storeId, paymentId, key],
    );
    if (known) return ok({ refundId: known.id });
    if (row.capturedAmount === 0) return refused('notCaptured');
    const left = await leftToRefund(services, row);
    if (amount.amount > left) return refused('tooMuch', { left });
    const [refund] = await database.query<{ id: Id }>(
      `insert into payments.refunds (store_id, payment_id, key, amount, currency, reason, provider_key, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
      [storeId, paymentId, key, amount.amount, amount.currency, reason, random.uuid(), clock.now()],
    );
    await jobs.send('payments.refund', { refundId: refund!.id });
    return ok({ refundId: refund!.id });
  });
}
