import type { Actor } from 'kontor/sdk';

/** Who did it, as the team reads it beside a change. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'user' || actor.kind === 'customer') return actor.email;
  if (actor.kind === 'apiKey') return actor.name;
  return actor.kind === 'system' ? actor.reason : '';
}
