import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  KERNEL_ERR_CONFIG: [
    'Cannot start with this environment:\n%s\nEvery variable is explained in docs/reference/configuration.md',
    500,
    'private',
  ],
});
