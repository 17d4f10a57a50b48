import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  KERNEL_ERR_CODE_TWICE: [
    "The code '%s' is declared by plugin '%s' and by plugin '%s'; each feature and limit has one owner: rename one of them",
    500,
    'private',
  ],
  KERNEL_ERR_FEATURE_OFF: ["This store does not have '%s'; %s", 403, 'public'],
  KERNEL_ERR_UNKNOWN_LIMIT: ["No running plugin declares the limit '%s'; %s", 500, 'private'],
  KERNEL_ERR_LIMIT_COUNT: [
    "Expected to use or release a whole number of '%s', 1 or more, got %s",
    500,
    'private',
  ],
});
