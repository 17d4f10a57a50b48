import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  KERNEL_ERR_SECRET: ["A secret of plugin '%s' for %s cannot be opened: %s", 500, 'private'],
});
