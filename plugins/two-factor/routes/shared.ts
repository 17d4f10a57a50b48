import { type Actor, type RateLimit, Type } from 'kontor/sdk';

export const password = Type.String({ minLength: 1, maxLength: 1024 });
export const perPerson = { max: 10, window: 60_000, per: 'actor' } satisfies RateLimit;

/** The signed-in person of a route with `access: 'user'` or `'admin'`. */
export function userOf({ actor }: { actor: Actor }) {
  if (actor.kind !== 'user') throw new TypeError(`Expected a signed-in person, got one ${actor.kind}`);
  return actor;
}
