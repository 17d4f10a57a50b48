import { defineErrors } from 'kontor/sdk';

export const inboxErrors = defineErrors({
  KERNEL_ERR_INBOX_NO_STORE: [
    "Expected a store for an event of '%s' that plugin '%s' took in, got none; wrap the call in platform.inStore(storeId, ...)",
    500,
    'private',
  ],
});
