import type { Checkout, Cradle } from 'kontor/sdk';
import { completeCheckout } from '../actions/complete-checkout.ts';
import { readState } from '../actions/read-state.ts';
import { startPayment } from '../actions/start-payment.ts';
import { updateCheckout } from '../actions/update-checkout.ts';

/** The way from a cart to an order; `contract.ts` says what each is good for. */
export function createCheckout(services: Cradle): Checkout {
  return {
    state: (token, { locale } = {}) => readState(services, { token, locale }),
    update: (token, change) => updateCheckout(services, token, change),
    pay: (token, input) => startPayment(services, token, input),
    complete: (cartId) => completeCheckout(services, { cartId }),
  };
}
