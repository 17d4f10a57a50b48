import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  INVENTORY_ERR_QUANTITY: ['Expected a whole quantity of %s or more for variant %s, got %s', 422, 'public'],
  INVENTORY_ERR_REFERENCE: ['Expected a name of what stock is held for, got %s', 422, 'public'],
  INVENTORY_ERR_LOCATION: ['No stock location %s in this store', 404, 'public'],
  INVENTORY_ERR_BOOK: [
    'Expected to write %s rows of stock for %s, wrote %s; its levels were changed without its lock',
    500,
    'private',
  ],
});
