import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  WEB_CLIENT_ERR_TOO_LARGE: [
    'The answer of %s is larger than the %s bytes that were asked for',
    422,
    'private',
  ],
  WEB_CLIENT_ERR_BROKEN_OFF: ['The answer of %s broke off', 502, 'private'],
});
