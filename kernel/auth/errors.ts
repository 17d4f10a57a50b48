import { defineErrors } from 'kontor/sdk';

export const authErrors = defineErrors({
  KERNEL_ERR_PERMISSION_TWICE: [
    "Expected each permission to be declared once, but '%s' is declared by the plugins '%s' and '%s'; rename it in one plugin.json",
    500,
    'private',
  ],
  KERNEL_ERR_SIGN_IN_BUSY: [
    'Too many people sign in at this moment (%s are waiting); try again in a few seconds',
    503,
    'public',
  ],
  KERNEL_ERR_AUTH_WITHOUT_STORE: [
    'Expected a current store for its team or customers, got none',
    500,
    'private',
  ],
});
