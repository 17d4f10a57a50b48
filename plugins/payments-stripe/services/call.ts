import { setTimeout as pause } from 'node:timers/promises';
import Stripe from 'stripe';
import { errors } from '../errors.ts';

const PATIENCE = 3_000; // ms we wait for Stripe while a buyer waits for us
const TRIES = 3;

/**
 * Calls Stripe. When there is too much going on there, waits as long as it asks for, within reason.
 *
 * @param what - for the log, e.g. `capture a payment`
 * @throws what Stripe refuses (see `isRefusal`) as it is; PAYMENTS_STRIPE_ERR_CALL for everything else, with
 *   `details.answered` when Stripe would say the same to the same key again
 */
export async function call<Value>(what: string, work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const wait = waitFor(error);
      if (wait === undefined || wait > PATIENCE || attempt === TRIES) throw asOurs(what, error);
      await pause(wait);
    }
  }
}

/** Whether Stripe understood and says no, with a reason: a declined card, a state in which that cannot be done. */
export function isRefusal(
  error: unknown,
): error is InstanceType<
  typeof Stripe.errors.StripeCardError | typeof Stripe.errors.StripeInvalidRequestError
> {
  const { StripeCardError, StripeInvalidRequestError } = Stripe.errors;
  if (error instanceof StripeCardError) return true;
  return error instanceof StripeInvalidRequestError && (error.statusCode === 400 || error.statusCode === 404);
}

/** Milliseconds Stripe asks us to wait; undefined when it does not. */
function waitFor(error: unknown): number | undefined {
  if (!(error instanceof Stripe.errors.StripeRateLimitError)) return undefined;
  const seconds = Number(error.headers?.['retry-after'] ?? 1);
  return Number.isFinite(seconds) ? Math.max(0, seconds) * 1_000 : undefined;
}

function asOurs(what: string, error: unknown): unknown {
  if (isRefusal(error)) return error;
  const { message } = error as Error;
  return new errors.PAYMENTS_STRIPE_ERR_CALL(what, message, {
    cause: error,
    details: { answered: wasAnswered(error) },
  });
}

/** An error that is kept under the Idempotency-Key. A conflict or a full house is not, and neither is silence. */
function wasAnswered(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  const { statusCode = 0 } = error;
  return statusCode >= 500 || (error instanceof Stripe.errors.StripeIdempotencyError && statusCode === 400);
}
