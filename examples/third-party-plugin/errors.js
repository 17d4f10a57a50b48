import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  GUESTBOOK_ERR_NO_ENTRY: ['No entry %s in the guest book of this store', 404, 'public'],
});
