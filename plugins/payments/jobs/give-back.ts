import type { Cradle, JobDefinition, PaymentState } from 'kontor/sdk';
import { applyState } from '../actions/apply-state.ts';
import { refreshPayment } from '../actions/refresh-payment.ts';
import { refundPayment } from '../actions/refund-payment.ts';
import { errors } from '../errors.ts';
import { callOrFind } from '../services/call-or-find.ts';
import { neverStarted } from '../services/find-start.ts';
import { nextAttempt } from '../services/next-attempt.ts';
import { providerOf } from '../services/providers.ts';
import type { Row } from '../services/row.ts';
import { leftToRefund, lockPayment } from '../services/rows.ts';
import { type OfPayment, PATIENT, payment } from './shared.ts';

const CANCELLABLE: readonly PaymentState[] = ['started', 'waiting', 'authorised'];
const UNSURE = 60_000; // ms in which a call of ours may still be on its way

/** Lets an authorisation go, or gives back all that was taken. How the payment stands is asked first, each time. */
export const giveBack: JobDefinition<OfPayment> = {
  payload: payment,
  ...PATIENT,
  async handler({ payload: { paymentId } }, services) {
    const asked = await refreshPayment(services, paymentId);
    if (!asked.ok && asked.refusal === 'notFound') return;
    if (!asked.ok) throw new errors.PAYMENTS_ERR_PROVIDER_DOWN(asked.details.provider, paymentId);
    const row = CANCELLABLE.includes(asked.value.state) ? await cancel(services, asked.value) : asked.value;
    await refundRest(services, row);
  },
};

/** What was captured by now cannot be cancelled any more; the provider then says so, and it is refunded. */
async function cancel(services: Cradle, row: Row): Promise<Row> {
  const provider = providerOf(services, row);
  if (!row.providerReference) {
    const age = services.clock.now().getTime() - row.createdAt.getTime();
    if (age < UNSURE) throw new errors.PAYMENTS_ERR_BUSY('start', row.id);
    return applyState(services, row.id, neverStarted(row));
  }
  const { providerReference } = row;
  const said = await callOrFind({
    call: () => provider.cancel({ key: `${row.startToken}:cancel:${row.attempts}`, providerReference }),
    async find() {
      const now = await provider.fetch(providerReference);
      return now.state === 'cancelled' || now.state === 'captured' ? now : undefined;
    },
    again: () => nextAttempt(services, row),
  });
  const after = await applyState(services, row.id, said);
  if (CANCELLABLE.includes(after.state)) throw new errors.PAYMENTS_ERR_BUSY('cancelling', row.id);
  return after;
}

async function refundRest(services: Cradle, { id }: Row): Promise<void> {
  await services.database.transaction(async () => {
    // Locked before it is counted: a refund of the team that came in between would make the rest too much, and nothing goes.
    const row = (await lockPayment(services, id))!;
    const left = row.capturedAmount === 0 ? 0 : await leftToRefund(services, row);
    if (left <= 0) return;
    await refundPayment(services, {
      paymentId: row.id,
      key: `give-back:${row.id}`,
      amount: { amount: left, currency: row.currency },
      reason: row.giveBackReason ?? 'given back',
    });
  });
}
