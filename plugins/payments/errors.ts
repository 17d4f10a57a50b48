import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  PAYMENTS_ERR_NO_PROVIDER: [
    "Expected the provider '%s' of payment %s, but no plugin that runs for this store gives it",
    503,
    'private',
  ],
  PAYMENTS_ERR_PROVIDER_DOWN: ["Provider '%s' could not be asked about payment %s", 503, 'private'],
  PAYMENTS_ERR_UNKNOWN_PAYMENT: ['No payment %s in this store', 404, 'public'],
  PAYMENTS_ERR_REFUND_AMOUNT: [
    'Expected a refund of 1 or more minor units in %s for payment %s, got %s %s',
    422,
    'public',
  ],
  PAYMENTS_ERR_BUSY: ['The %s of payment %s is done elsewhere at this moment', 503, 'private'],
});
