import type { Actor } from 'kontor/sdk';

/** Who did something, as a timeline shows it. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return actor.email;
    case 'customer':
      return actor.email;
    case 'apiKey':
      return `key ${actor.name}`;
    case 'anonymous':
      return 'visitor';
    case 'system':
      return 'system';
  }
}
