import type { Actor } from 'kontor/sdk';

/** Who changed something, for whoever finds it changed. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'user' || actor.kind === 'customer') return actor.email;
  return actor.kind === 'apiKey' ? `key ${actor.name}` : actor.kind;
}
