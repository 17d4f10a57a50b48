import { defineErrors } from 'kontor/sdk';

export const httpErrors = defineErrors({
  KERNEL_ERR_ROUTE: ['%s', 500, 'private'],
  KERNEL_ERR_NO_ROUTE_STORE: [
    'Route %s read request.store, but surface %s has no store; move it to store, shop or storefront',
    500,
    'private',
  ],
  KERNEL_ERR_NOT_FOUND: ['Nothing is found at this address', 404, 'public'],
  KERNEL_ERR_STORE_PAUSED: ['This store is paused; please come back later', 503, 'public'],
  KERNEL_ERR_SIGN_IN: ['Expected %s, got nobody known; sign in, or send a valid key', 401, 'public'],
  KERNEL_ERR_FORBIDDEN: ['Expected %s, got %s; ask an owner of the store or an admin', 403, 'public'],
  KERNEL_ERR_ORIGIN: ['Expected a request from a page of %s, got one from %s', 403, 'public'],
  KERNEL_ERR_CSRF: ['Expected the header x-csrf-token with the token of this session', 403, 'public'],
  KERNEL_ERR_RATE: ['Expected at most %s calls in %s ms; wait %s s and try again', 429, 'public'],
  KERNEL_ERR_INPUT: ['%s', 400, 'public'],
  KERNEL_ERR_BODY: ['%s', 422, 'public'],
  KERNEL_ERR_BODY_TOO_LARGE: ['Expected a body of at most %s bytes; send less', 413, 'public'],
  KERNEL_ERR_IDEMPOTENCY_KEY: [
    'Expected an Idempotency-Key of 1 to 200 visible letters, got %s; send a fresh UUID for each new call',
    400,
    'public',
  ],
  KERNEL_ERR_IDEMPOTENCY_REUSED: [
    'This Idempotency-Key was used for another request; send a fresh one for each new call',
    422,
    'public',
  ],
  KERNEL_ERR_IDEMPOTENCY_RUNNING: [
    'A request with this Idempotency-Key is still running; try again in a moment',
    409,
    'public',
  ],
  KERNEL_ERR_IDEMPOTENCY_GIVEN: [
    'This call was made, and its answer was given once and cannot be given again, as it held a secret; to make another call, send a fresh Idempotency-Key',
    409,
    'public',
  ],
  KERNEL_ERR_IDEMPOTENCY_LOST: [
    'This request took so long that another one took its Idempotency-Key over; nothing was changed by this one',
    503,
    'public',
  ],
});
