import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  PAYMENTS_STRIPE_ERR_NOT_SET_UP: [
    'Expected a secret key of Stripe in the settings of this store, got none',
    503,
    'private',
  ],
  PAYMENTS_STRIPE_ERR_CALL: ['Stripe could not be asked to %s: %s', 503, 'private'],
  PAYMENTS_STRIPE_ERR_TAKE_IN: ['Stripe told of %s, and cannot be asked about it', 503, 'private'],
});
