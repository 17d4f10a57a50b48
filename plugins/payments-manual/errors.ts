import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  PAYMENTS_MANUAL_ERR_NO_CHARGE: ['No payment %s in this store', 404, 'public'],
});
