import type { JobDefinition, ProviderState } from 'kontor/sdk';
import { applyState } from '../actions/apply-state.ts';
import { errors } from '../errors.ts';
import { callOrFind } from '../services/call-or-find.ts';
import { nextAttempt } from '../services/next-attempt.ts';
import { providerOf } from '../services/providers.ts';
import { readPayment } from '../services/rows.ts';
import { type OfPayment, PATIENT, payment } from './shared.ts';

/** Takes the money that was authorised, once. */
export const capture: JobDefinition<OfPayment> = {
  payload: payment,
  ...PATIENT,
  async handler({ payload: { paymentId } }, services) {
    const { effects } = services;
    const row = await readPayment(services, paymentId);
    if (row?.state !== 'authorised' || row.giveBackReason !== null) return;
    const provider = providerOf(services, row);
    const providerReference = row.providerReference!;
    let said: ProviderState | undefined;

    /** Anything but `authorised` means that this is over, one way or the other. */
    async function find(): Promise<ProviderState | undefined> {
      const now = await provider.fetch(providerReference);
      return now.state === 'authorised' ? undefined : now;
    }

    const done = await effects.once(
      { kind: 'capture', key: `payment:${paymentId}` },
      {
        async perform() {
          said = await callOrFind({
            call: () =>
              provider.capture({
                key: `${row.startToken}:capture:${row.attempts}`,
                providerReference,
                amount: { amount: row.amount, currency: row.currency },
              }),
            find,
            again: () => nextAttempt(services, row),
          });
          // Refused for a reason that is not in how it stands: not done, so it is tried again and ends among the dead letters.
          if (said.state === 'authorised') throw new errors.PAYMENTS_ERR_BUSY('capture', paymentId);
          return providerReference;
        },
        async find() {
          said = await find();
          return said && providerReference;
        },
      },
    );
    if (!done.ok) throw new errors.PAYMENTS_ERR_BUSY('capture', paymentId);
    await applyState(services, paymentId, said ?? (await provider.fetch(providerReference)));
  },
};
