import type { CartLook, RouteRequest } from 'kontor/sdk';

type Asking = Pick<RouteRequest, 'actor' | 'cookies' | 'reply'>;

const CART = 'kontor_cart'; // the cart's own cookie, which its API reads too
const KEPT = 90 * 86_400; // seconds

/** The token of the visitor's cart. */
export function cartToken({ cookies }: Pick<Asking, 'cookies'>): string | undefined {
  return cookies[CART] || undefined;
}

export function keepCart({ reply }: Pick<Asking, 'reply'>, token: string): void {
  reply.cookie(CART, token, { maxAge: KEPT });
}

/** Who is looking, and in which language, as the cart wants to know it. */
export function lookOf({ actor }: Pick<Asking, 'actor'>, locale: string): CartLook {
  return actor.kind === 'customer' ? { locale, customerId: actor.customerId } : { locale };
}
