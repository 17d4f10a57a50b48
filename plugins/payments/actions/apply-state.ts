import type { Cradle, Id, PaymentState, ProviderState } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { decide, type Decision } from '../services/decide.ts';
import { COLUMNS, type Row } from '../services/row.ts';
import { lockPayment, writeEntries } from '../services/rows.ts';
import { noteOutsideRefunds } from './note-outside-refunds.ts';
import { requestGiveBack } from './give-back.ts';

const ENDED: readonly PaymentState[] = ['failed', 'cancelled', 'refunded'];

/**
 * Takes over what a provider says of a payment: row, ledger and events in one transaction. Said twice, or late, it changes
 * nothing.
 *
 * @returns the payment as it is then
 */
export function applyState(services: Cradle, id: Id, said: ProviderState): Promise<Row> {
  return services.database.transaction(async () => {
    const row = await lockPayment(services, id);
    if (!row) throw new errors.PAYMENTS_ERR_UNKNOWN_PAYMENT(id);
    const decision = decide(row, said, await hasHeir(services, row));
    const after = await write(services, row, said, decision);
    await writeEntries(services, after, decision.entries);
    if (decision.note && decision.note !== row.note)
      services.log.error({ payment: id, provider: row.provider }, `a payment is wrong: ${decision.note}`);
    for (const event of decision.events) await emit(services, after, event);
    if (decision.isStray) await requestGiveBack(services, id, 'nobody waits for this payment any more');
    return noteOutsideRefunds(services, after, said);
  });
}

/** Whether a payment that had ended was followed by another one. */
async function hasHeir({ database, stores }: Cradle, row: Row): Promise<boolean> {
  if (row.isOpen) return false;
  const heirs = await database.query(
    'select id from payments.payments where store_id = $1 and reference = $2 and is_open and id <> $3',
    [stores.current().id, row.reference, row.id],
  );
  return heirs.length > 0;
}

async function write(
  { clock, database, stores }: Cradle,
  row: Row,
  said: ProviderState,
  decision: Decision,
): Promise<Row> {
  const isOpen = row.isOpen
    ? !ENDED.includes(decision.state)
    : decision.events.includes('authorised') && !decision.isStray;
  const [after] = await database.query<Row>(
    `update payments.payments set state = $3, captured_amount = $4, error = $5, note = $6, is_open = $7,
       provider_reference = coalesce(provider_reference, $8), account = coalesce(account, $9), start_input = null,
       changed_at = $10
     where store_id = $1 and id = $2 returning ${COLUMNS}`,
    [
      ...[stores.current().id, row.id, decision.state, decision.capturedAmount, decision.error],
      ...[decision.note, isOpen, said.providerReference, said.account ?? null, clock.now()],
    ],
  );
  return after!;
}

function emit({ events }: Cradle, row: Row, what: Decision['events'][number]): Promise<void> {
  const about = { entity: `payment:${row.id}` };
  const { id: paymentId, reference, orderId, currency } = row;
  if (what === 'captured')
    return events.emit(
      'payment.captured',
      { paymentId, reference, orderId, amount: row.capturedAmount, currency },
      about,
    );
  return events.emit(`payment.${what}`, { paymentId, reference }, about);
}
