import { defineErrors } from 'kontor/sdk';

export const effectErrors = defineErrors({
  KERNEL_ERR_EFFECT_IN_TRANSACTION: [
    "The effect '%s' of plugin '%s' was begun inside an open transaction, which could be rolled back after the call went out; begin it after the commit, best in a job",
    500,
    'private',
  ],
  KERNEL_ERR_EFFECT_NO_STORE: [
    "Expected a store for the effect '%s' of plugin '%s', got none; wrap the call in platform.inStore(storeId, ...)",
    500,
    'private',
  ],
});
