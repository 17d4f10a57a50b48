import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  SEARCH_ERR_CURSOR: ['Expected the `next` of the answer before as cursor, got %s', 422, 'public'],
});
