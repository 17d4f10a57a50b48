import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  KERNEL_ERR_NO_STORE: [
    'Expected to be in a store, but this code runs outside of any; enter one by platform.inStore(id, work)',
    500,
    'private',
  ],
});
