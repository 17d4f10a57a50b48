import Stripe from 'stripe';

const TOLERANCE = 300; // s between signing and arriving, as Stripe advises

/** What we take from an event: which payment to ask about. Everything else it says is not believed. */
export type Notice = { readonly id: string; readonly isLive: boolean; readonly intent: string | undefined };

/**
 * Reads an event whose signature is right and not old.
 *
 * @returns undefined when anything is wrong with it
 */
export function readEvent(input: {
  body: Buffer;
  signature: string;
  secret: string;
  now: Date;
}): Notice | undefined {
  const { body, signature, secret, now } = input;
  try {
    const event = Stripe.webhooks.constructEvent(
      body,
      signature,
      secret,
      TOLERANCE,
      undefined,
      now.getTime(),
    );
    return { id: event.id, isLive: event.livemode, intent: intentOf(event.data.object) };
  } catch {
    return undefined;
  }
}

/** Of the intent itself, or of its charge, refund or dispute. */
function intentOf(object: unknown): string | undefined {
  const { object: kind, id, payment_intent: of } = object as Record<string, unknown>;
  const name = kind === 'payment_intent' ? id : of;
  return typeof name === 'string' && /^pi_[A-Za-z0-9_]{1,250}$/.test(name) ? name : undefined;
}
