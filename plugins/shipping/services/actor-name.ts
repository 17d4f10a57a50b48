import type { Actor } from 'kontor/sdk';

/** Who changed something, in words for a colleague. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'user') return actor.email;
  return actor.kind === 'apiKey' ? actor.name : actor.kind;
}
