import type { CartLook, Cradle, RouteRequest } from 'kontor/sdk';

export const COOKIE = 'kontor_cart';
const DAY = 86_400; // seconds

type Asking = Pick<RouteRequest, 'actor' | 'cookies' | 'reply'>;

/** The token in the visitor's cookie; none is an empty text, which no cart has. */
export function tokenOf({ cookies }: Pick<Asking, 'cookies'>): string {
  return cookies[COOKIE] ?? '';
}

/** Lets the browser keep a token for as long as the store keeps the cart. */
export async function keepToken(
  { reply }: Pick<Asking, 'reply'>,
  { settings }: Cradle,
  token: string,
): Promise<void> {
  const { keepDays } = await settings.get<{ keepDays: number }>();
  reply.cookie(COOKIE, token, { maxAge: keepDays * DAY });
}

/** Who is signed in, as the service wants it. */
export function lookOf({ actor, locale }: Pick<RouteRequest, 'actor' | 'locale'>): CartLook {
  return actor.kind === 'customer' ? { locale, customerId: actor.customerId } : { locale };
}

/** For a customer whose browser has no cart of theirs: the one that they left on another device. */
export async function tokenOfCustomer(request: Asking, services: Cradle): Promise<string | undefined> {
  if (request.actor.kind !== 'customer') return undefined;
  const open = await services.carts.ofCustomer(request.actor.customerId);
  if (open) await keepToken(request, services, open.token);
  return open?.token;
}
