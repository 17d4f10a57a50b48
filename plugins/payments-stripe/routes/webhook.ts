import { type Cradle, ok, refused, route, Type } from 'kontor/sdk';
import { readEvent } from '../services/read-event.ts';
import { modeOf, type Values } from '../services/settings.ts';

export const webhook = route({
  method: 'POST',
  path: '/:storeId',
  surface: 'hooks',
  access: 'provider',
  summary: 'Events of Stripe for a store; the signature proves who sends',
  params: Type.Object({ storeId: Type.Integer({ minimum: 1 }) }),
  bodyLimit: 512 * 1024,
  refusals: { notFound: 404, badSignature: 400 },
  async handler({ params: { storeId }, rawBody, headers }, services) {
    const signature = String(headers['stripe-signature'] ?? '');
    try {
      return await services.platform.inStore(storeId, () => takeIn(services, rawBody, signature));
    } catch (error) {
      if ((error as { code?: string }).code === 'KERNEL_ERR_UNKNOWN_STORE') return refused('notFound');
      throw error;
    }
  },
});

/** Notes the event and sends the job that asks Stripe; Stripe itself waits for neither. */
async function takeIn(services: Cradle, body: Buffer, signature: string) {
  const { clock, inbox, jobs, log, points, settings } = services;
  const isOn = points.entries('paymentProviders').some(({ plugin }) => plugin === 'payments-stripe');
  const { webhookSecret, secretKey } = await settings.get<Values>();
  if (!isOn || webhookSecret === '') return refused('notFound');
  const notice = readEvent({ body, signature, secret: webhookSecret, now: clock.now() });
  if (!notice) return refused('badSignature');
  const { id, intent, isLive } = notice;
  if (isLive !== (modeOf(secretKey) === 'live')) {
    log.warn(
      { event: id, isLive },
      'Stripe tells of the other mode, test or live, than the keys of this store are of',
    );
    return ok({ received: true });
  }
  await inbox.once('stripe', id, async () => {
    if (intent) await jobs.send('payments-stripe.take-in', { intent }, { key: intent });
  });
  return ok({ received: true });
}
