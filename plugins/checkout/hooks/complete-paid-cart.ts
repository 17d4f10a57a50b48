import type { Cradle, DeliveredEvent, Events } from 'kontor/sdk';
import { completeCheckout } from '../actions/complete-checkout.ts';
import { cartOf } from '../actions/order-draft.ts';

/** The provider told of money before the browser came back, or in its place. */
export async function completePaidCart(
  { payload }: DeliveredEvent<Events['payment.authorised']>,
  services: Cradle,
): Promise<void> {
  const cartId = cartOf(payload.reference);
  if (cartId !== undefined) await completeCheckout(services, { cartId, paymentId: payload.paymentId });
}
