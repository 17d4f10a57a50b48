import type { Cradle, ProviderState } from 'kontor/sdk';
import { leftToRefund } from '../services/rows.ts';
import { REFUND_COLUMNS, type RefundRow, type Row } from '../services/row.ts';
import { finishRefund } from './finish-refund.ts';

/**
 * Notes money that was given back without us, e.g. on the provider's own pages, so that it is not given back twice. In the
 * transaction that holds the payment's row.
 */
export async function noteOutsideRefunds(services: Cradle, row: Row, said: ProviderState): Promise<Row> {
  const { clock, database, random, stores } = services;
  if (said.refunded.amount <= row.refundedAmount || said.refunded.currency !== row.currency) return row;
  if (row.capturedAmount === 0) return row;
  const known = row.capturedAmount - (await leftToRefund(services, row));
  const surplus = Math.min(said.refunded.amount, row.capturedAmount) - known;
  if (surplus <= 0) return row;
  const [refund] = await database.query<RefundRow>(
    `insert into payments.refunds (store_id, payment_id, key, amount, currency, reason, provider_key, created_at)
     values ($1, $2, $3, $4, $5, 'made at the provider', $6, $7) returning ${REFUND_COLUMNS}`,
    [
      ...[stores.current().id, row.id, `provider:${row.id}:${said.refunded.amount}`, surplus, row.currency],
      ...[random.uuid(), clock.now()],
    ],
  );
  return finishRefund(services, refund!, { reference: said.providerReference, state: 'done' });
}
