import { type Actor, type RateLimit, type RouteReply, Type } from 'kontor/sdk';

export const password = Type.String({ minLength: 1, maxLength: 1024 });
export const perPerson = { max: 10, window: 60_000, per: 'actor' } satisfies RateLimit;

/** The signed-in person of a route with `access: 'user'` or `'admin'`. */
export function userOf({ actor }: { actor: Actor }) {
  if (actor.kind !== 'user') throw new TypeError(`Expected a signed-in person, got one ${actor.kind}`);
  return actor;
}

/** What is shown once lies in no cache on its way, and is not kept for who asks again under an Idempotency-Key. */
export function shownOnce(reply: RouteReply): void {
  reply.header('cache-control', 'no-store');
}
