import type { Cradle, RouteRequest } from 'kontor/sdk';

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

/**
 * The token of the cart that a visitor is about to change. Who has signed in since takes the guest's cart over, or finds the
 * one of another device again; a cart of somebody else who used this browser is not theirs.
 */
export async function ownToken(request: Asking, services: Cradle): Promise<string> {
  const token = tokenOf(request);
  const { actor } = request;
  if (actor.kind !== 'customer') return token;
  const { carts } = services;
  const claimed = token === '' ? undefined : await carts.claim(token, actor.customerId);
  if (claimed?.ok) return token;
  const open = await carts.ofCustomer(actor.customerId);
  if (!open) return '';
  await keepToken(request, services, open.token);
  return open.token;
}
