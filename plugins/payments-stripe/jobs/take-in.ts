import { type Cradle, type JobDefinition, type Jobs, Type } from 'kontor/sdk';
import '../contract.ts';
import { errors } from '../errors.ts';
import { call, isRefusal } from '../services/call.ts';
import { clientOf } from '../services/client.ts';
import type { Values } from '../services/settings.ts';

/** Asks Stripe about a payment that it told of, and takes over what it says now. Old or repeated news does no harm so. */
export const takeIn: JobDefinition<Jobs['payments-stripe.take-in']> = {
  payload: Type.Object({ intent: Type.String({ maxLength: 255 }) }),
  retries: 10,
  async handler({ payload: { intent } }, services) {
    const { log, payments } = services;
    const ours = { provider: 'stripe', providerReference: intent };
    const known = await payments.resolve(ours);
    const start = known ? undefined : await startOf(services, intent);
    const payment = start ? await payments.resolve({ ...ours, start }) : known;
    if (!payment) return log.info({ intent }, 'Stripe tells of a payment that is none of ours');
    const refreshed = await payments.refresh(payment.id);
    if (!refreshed.ok) throw new errors.PAYMENTS_STRIPE_ERR_TAKE_IN(intent);
  },
};

/** The token of our start, from Stripe itself: the event may have been quicker than the answer to our call. */
async function startOf({ settings }: Cradle, intent: string): Promise<string | undefined> {
  const client = clientOf(await settings.get<Values>());
  try {
    return (await call('read a payment', () => client.paymentIntents.retrieve(intent))).metadata.start;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}
