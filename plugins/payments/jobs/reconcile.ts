import { type Cradle, type JobDefinition, type Jobs, Type } from 'kontor/sdk';
import { applyState } from '../actions/apply-state.ts';
import { requestGiveBack } from '../actions/give-back.ts';
import { refreshPayment } from '../actions/refresh-payment.ts';
import { isSure } from '../services/decide.ts';
import { neverStarted } from '../services/find-start.ts';
import { lookAgain } from '../services/look-again.ts';
import { providerOf } from '../services/providers.ts';
import type { Row } from '../services/row.ts';
import { pendingRefunds, readPayment, writeEntries } from '../services/rows.ts';

type Look = Jobs['payments.reconcile'];

const ABANDONED = 4; // the round of a day: nobody pays on a page that old

/**
 * Looks at a payment that may have been forgotten: its webhook never came, its browser never came back. Each payment
 * brings its own looks along, so that a store in which nothing happens has no work.
 */
export const reconcile: JobDefinition<Look> = {
  payload: Type.Object({ paymentId: Type.Integer({ minimum: 1 }), round: Type.Integer({ minimum: 1 }) }),
  async handler({ payload }, services) {
    const { paymentId, round } = payload;
    const known = await readPayment(services, paymentId);
    if (!known || (await isOver(services, known))) return;
    const asked = await refreshPayment(services, paymentId);
    const row = asked.ok ? await endOrRemind(services, asked.value, round) : known;
    if (!(await isOver(services, row))) await lookAgain(services, { paymentId, round: round + 1 });
  },
};

/** Nothing can be expected to happen by itself any more. */
async function isOver(services: Cradle, row: Row): Promise<boolean> {
  if (row.state === 'failed' || row.state === 'cancelled' || row.state === 'refunded') return true;
  if (row.state === 'captured' || row.state === 'partially_refunded')
    return row.orderId !== null && (await pendingRefunds(services, row.id)).length === 0;
  return row.state === 'waiting' && row.isLater && row.orderId !== null;
}

async function endOrRemind(services: Cradle, row: Row, round: number): Promise<Row> {
  if (row.state === 'started') return end(services, row, round);
  if (!isSure(row.state) || row.giveBackReason !== null) return row;
  if (row.orderId === null) await remind(services, row, round);
  else if (row.state === 'authorised')
    await services.jobs.send('payments.capture', { paymentId: row.id }, { key: String(row.id) });
  return row;
}

/** A start that the provider knows nothing of is over; a page that nobody finished is closed after a day. */
async function end(services: Cradle, row: Row, round: number): Promise<Row> {
  const canTell = providerOf(services, row).findStart !== undefined;
  const isUnknown = row.providerReference === null && (canTell || round >= ABANDONED);
  if (isUnknown) return applyState(services, row.id, neverStarted(row));
  if (round >= ABANDONED) await requestGiveBack(services, row.id, 'the buyer did not finish');
  return row;
}

/** Money is there and no order: whoever owns the reference is told once more, and from the second time on the team is. */
async function remind(services: Cradle, row: Row, round: number): Promise<void> {
  const { database, events, log } = services;
  const { id: paymentId, reference, amount } = row;
  await database.transaction(async () => {
    await events.emit('payment.authorised', { paymentId, reference }, { entity: `payment:${paymentId}` });
    if (round !== 2) return;
    log.error({ payment: paymentId, reference }, 'a payment stands without an order');
    const message = 'No order has come of this payment';
    await writeEntries(services, row, [{ kind: 'check', outcome: 'pending', amount, message }]);
  });
}
