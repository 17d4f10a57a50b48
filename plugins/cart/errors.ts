import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  CART_ERR_NOT_OPEN: ['Expected cart %s to be open, but it was ordered or removed', 500, 'private'],
});
