import { type JobDefinition, type Jobs, Type } from 'kontor/sdk';
import '../contract.ts';

/** What a webhook is to a real gateway: a word that something has changed, and no more. */
export const tell: JobDefinition<Jobs['payments-manual.tell']> = {
  payload: Type.Object({ provider: Type.String(), providerReference: Type.String() }),
  async handler({ payload }, { payments }) {
    const payment = await payments.resolve(payload);
    if (payment) await payments.refresh(payment.id);
  },
};
