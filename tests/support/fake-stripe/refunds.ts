import { invalid, missing } from './errors.ts';
import { newId, type Refund } from './ledger.ts';
import { intentOf, type Params, type World } from './payment-intents.ts';

/** @param status - how it stands at first; `pending` ones end by `settleRefund` */
export function createRefund(world: World, params: Params, status: Refund['status']): Refund {
  const intent = intentOf(world, String(params.payment_intent));
  const charge = world.ledger.charges.get(intent.latest_charge ?? '');
  if (!charge?.captured) throw invalid('This PaymentIntent does not have a successful charge to refund.');
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0)
    throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  const amount = Number(params.amount ?? left);
  if (!(Number.isInteger(amount) && amount >= 1 && amount <= left))
    throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: 'amount',
    });
  const refund: Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    created: Math.floor(world.now() / 1000),
    currency: charge.currency,
    metadata: { ...(params.metadata as Record<string, string> | undefined) },
    payment_intent: intent.id,
    status,
  };
  world.ledger.refunds.set(refund.id, refund);
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount_captured;
  world.emit('refund.created', refund);
  world.emit('charge.refunded', charge);
  return refund;
}

/** The bank says how a pending refund ended; a failed one comes back to the merchant. */
export function settleRefund(world: World, id: string, status: 'succeeded' | 'failed'): void {
  const refund = refundOf(world, id);
  const charge = world.ledger.charges.get(intentOf(world, refund.payment_intent).latest_charge!)!;
  if (status === 'failed') {
    charge.amount_refunded -= refund.amount;
    charge.refunded = false;
  }
  refund.status = status;
  world.emit(status === 'failed' ? 'refund.failed' : 'refund.updated', refund);
}

export function refundOf({ ledger }: World, id: string): Refund {
  const refund = ledger.refunds.get(id);
  if (!refund) throw missing('refund', id);
  return refund;
}
