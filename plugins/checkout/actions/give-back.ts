import { type Cradle, type Id, type Payment, refused, type Refused, type ReturnedPayment } from 'kontor/sdk';
import { type Agreement, checkoutsOf } from '../services/checkouts.ts';
import { referenceOf } from './order-draft.ts';

/**
 * A paid cart that cannot become an order: the stock is let go, the money goes back after the commit, and buyer and team see
 * why. In the caller's transaction.
 */
export async function giveBack(
  services: Cradle,
  input: {
    cartId: Id;
    agreed: Agreement;
    /** None when there was nothing to pay. */
    payment: Payment | undefined;
    reason: string;
    details: Readonly<Record<string, unknown>>;
    /** What was given back of this cart before. */
    earlier: readonly ReturnedPayment[];
  },
): Promise<Refused<'refunded'>> {
  const { clock, events, inventory, mailer, payments } = services;
  const { cartId, agreed, payment, reason, details, earlier } = input;
  const returned: ReturnedPayment = {
    paymentId: payment?.id ?? null,
    reason,
    amount: payment?.amount ?? 0,
    currency: agreed.currency,
    at: clock.now().toISOString(),
  };
  await inventory?.release(referenceOf(cartId));
  // A payment is refused once; what costs nothing can be asked for again and again, and is told once.
  const last = earlier.at(-1);
  if (!payment && last?.paymentId === null && last.reason === reason) {
    return refused('refunded', { ...last, ...details });
  }
  if (payment) await payments.giveBack(payment.id, reason);
  await checkoutsOf(services).noteReturn(cartId, returned);
  const { at: _, ...told } = returned;
  await events.emit('checkout.refused', { cartId, ...told }, { entity: referenceOf(cartId) });
  if (payment) {
    const { billTo, shipTo, email, locale } = agreed;
    const name = (billTo ?? shipTo)?.firstName ?? '';
    await mailer?.send({
      template: 'checkout.money_back',
      to: { email, ...(name && { name }) },
      locale,
      data: { name, reason, amount: { amount: payment.amount, currency: payment.currency } },
      key: `payment:${payment.id}`,
    });
  }
  return refused('refunded', { ...returned, ...details });
}
