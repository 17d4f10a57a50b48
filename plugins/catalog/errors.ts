import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  CATALOG_ERR_CURSOR: ['Expected the `next` of the answer before as cursor, got %s', 422, 'public'],
});
