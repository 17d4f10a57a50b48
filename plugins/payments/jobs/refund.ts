import { type Id, type JobDefinition, Type } from 'kontor/sdk';
import { finishRefund, type Outcome } from '../actions/finish-refund.ts';
import { errors } from '../errors.ts';
import { callOrFind } from '../services/call-or-find.ts';
import { lookAgain } from '../services/look-again.ts';
import { nextRefundAttempt } from '../services/next-attempt.ts';
import { providerOf } from '../services/providers.ts';
import { readPayment, readRefund } from '../services/rows.ts';
import { PATIENT } from './shared.ts';

/** Makes a refund that was noted, once. */
export const refund: JobDefinition<{ refundId: Id }> = {
  payload: Type.Object({ refundId: Type.Integer({ minimum: 1 }) }),
  ...PATIENT,
  async handler({ payload: { refundId } }, services) {
    const { effects } = services;
    const noted = await readRefund(services, refundId);
    if (noted?.state !== 'planned') return;
    const row = (await readPayment(services, noted.paymentId))!;
    const provider = providerOf(services, row);
    const providerReference = row.providerReference!;
    const key = `${noted.providerKey}:${noted.attempts}`;
    let outcome: Outcome | undefined;

    async function find(): Promise<Outcome | undefined> {
      const found = await provider.findRefund({ key, providerReference });
      return found && { reference: found.reference, state: found.state ?? 'done' };
    }

    const done = await effects.once(
      { kind: 'refund', key: `refund:${refundId}` },
      {
        async perform() {
          const { amount, currency, reason } = noted;
          outcome = await callOrFind({
            call: () => provider.refund({ key, providerReference, amount: { amount, currency }, reason }),
            find,
            again: () => nextRefundAttempt(services, noted),
          });
          return outcome.reference;
        },
        async find() {
          outcome = await find();
          return outcome?.reference;
        },
      },
    );
    if (!done.ok) throw new errors.PAYMENTS_ERR_BUSY('refund', row.id);
    outcome ??= (await find()) ?? { reference: done.value.reference, state: 'done' };
    await finishRefund(services, noted, outcome);
    if (outcome.state === 'pending') await lookAgain(services, { paymentId: row.id, round: 1 });
  },
};
