import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  ORDERS_ERR_LOST: ['Order of cart %s or payment %s was neither written nor found', 500, 'private'],
});
