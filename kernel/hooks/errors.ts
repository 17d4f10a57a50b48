import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  KERNEL_ERR_UNKNOWN_HOOK: ["No running plugin declares the %s '%s'; %s", 500, 'private'],
  KERNEL_ERR_HOOK_DECLARED_TWICE: [
    "The %s '%s' is declared by plugin '%s' and by plugin '%s'; one owns it, the other contributes to it",
    500,
    'private',
  ],
  KERNEL_ERR_HOOK_SCHEMA: ["The %s '%s' of plugin '%s' has no usable schema: %s", 500, 'private'],
  KERNEL_ERR_HOOK_CYCLE: ['The handlers of %s cannot be put in order: %s', 500, 'private'],
  KERNEL_ERR_HOOK_LATE: [
    "A handler of plugin '%s' went on after its time was up and called the %s '%s'",
    500,
    'private',
  ],
  KERNEL_ERR_PAYLOAD: ["The %s '%s' was given what plugin '%s' does not declare: %s", 500, 'private'],
});
