import type { Log, PaymentProvider } from 'kontor/sdk';
import type Stripe from 'stripe';
import { call, isRefusal } from './call.ts';

type Made = Awaited<ReturnType<PaymentProvider['refund']>>;

const STATES: Readonly<Record<string, Made['state']>> = {
  succeeded: 'done',
  pending: 'pending',
  requires_action: 'pending',
  failed: 'failed',
  canceled: 'failed',
};
const PAGE = 100;
const MOST = 1_000; // refunds of one payment that are looked through

/** Gives money back; what Stripe refuses is `failed`, with its reason in the log. */
export async function makeRefund(
  client: Stripe,
  { key, providerReference, amount, reason }: Parameters<PaymentProvider['refund']>[0],
  log: Log,
): Promise<Made> {
  try {
    const refund = await call('refund a payment', () =>
      client.refunds.create(
        {
          payment_intent: providerReference,
          amount: amount.amount,
          reason: 'requested_by_customer',
          metadata: { key, reason: reason.slice(0, 500) },
        },
        { idempotencyKey: key },
      ),
    );
    return outcomeOf(refund);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    log.error(
      { intent: providerReference, code: error.code, message: error.message },
      'Stripe makes no refund',
    );
    return { reference: `refused:${error.code ?? error.type}`, state: 'failed' };
  }
}

/** The refund that carries a key. */
export async function findRefund(
  client: Stripe,
  { key, providerReference }: Parameters<PaymentProvider['findRefund']>[0],
): Promise<Made | undefined> {
  const refunds = client.refunds.list({ payment_intent: providerReference, limit: PAGE });
  return call('look for a refund', async () => {
    let seen = 0;
    for await (const refund of refunds) {
      if (refund.metadata?.key === key) return outcomeOf(refund);
      seen += 1;
      if (seen === MOST) break;
    }
    return undefined;
  });
}

function outcomeOf({ id, status }: Stripe.Refund): Made {
  return { reference: id, state: STATES[status ?? 'pending'] ?? 'pending' };
}
