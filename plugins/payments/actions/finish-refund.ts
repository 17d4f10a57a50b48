import type { Cradle } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { COLUMNS, type RefundRow, type Row } from '../services/row.ts';
import { lockPayment, writeEntries } from '../services/rows.ts';

export type Outcome = { readonly reference: string; readonly state: 'done' | 'pending' | 'failed' };

/** Takes over how a refund ended: amounts, ledger and event in one transaction, however often it is said. */
export function finishRefund(services: Cradle, refund: RefundRow, outcome: Outcome): Promise<Row> {
  const { clock, database, stores } = services;
  return database.transaction(async () => {
    const row = await lockPayment(services, refund.paymentId);
    if (!row) throw new errors.PAYMENTS_ERR_UNKNOWN_PAYMENT(refund.paymentId);
    const isOver = outcome.state !== 'pending';
    const news = await database.query(
      `update payments.refunds set state = $3, provider_reference = $4, done_at = $5
       where store_id = $1 and id = $2 and state in ('planned', 'pending') and state <> $3 returning id`,
      [stores.current().id, refund.id, outcome.state, outcome.reference, isOver ? clock.now() : null],
    );
    if (news.length === 0) return row;
    const after = outcome.state === 'done' ? await addUp(services, row, refund.amount) : row;
    await writeEntries(services, after, [
      {
        kind: 'refund',
        outcome: outcome.state,
        amount: refund.amount,
        message: refund.reason,
        providerReference: outcome.reference,
      },
    ]);
    await tell(services, after, refund, outcome.state);
    return after;
  });
}

async function addUp({ clock, database, stores }: Cradle, row: Row, amount: number): Promise<Row> {
  const [after] = await database.query<Row>(
    `update payments.payments set refunded_amount = refunded_amount + $3,
       state = case when refunded_amount + $3 >= captured_amount then 'refunded' else 'partially_refunded' end,
       is_open = is_open and refunded_amount + $3 < captured_amount, changed_at = $4
     where store_id = $1 and id = $2 returning ${COLUMNS}`,
    [stores.current().id, row.id, amount, clock.now()],
  );
  return after!;
}

async function tell(services: Cradle, row: Row, refund: RefundRow, state: Outcome['state']): Promise<void> {
  const { events, log } = services;
  const about = { entity: `payment:${row.id}` };
  const payload = { paymentId: row.id, refundId: refund.id, key: refund.key, orderId: row.orderId };
  if (state === 'failed') {
    log.error({ payment: row.id, refund: refund.id }, 'a provider does not make a refund');
    await events.emit('payment.refund_failed', payload, about);
  }
  if (state === 'done') {
    const { amount, currency } = refund;
    await events.emit('payment.refunded', { ...payload, amount, currency }, about);
  }
}
