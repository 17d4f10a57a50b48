import type { Actor } from 'kontor/sdk';

/** Who did it, as colleagues know them. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
    case 'customer':
      return actor.email;
    case 'apiKey':
      return actor.name;
    case 'system':
      return actor.reason;
    case 'anonymous':
      return '';
  }
}
