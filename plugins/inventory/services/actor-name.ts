import type { Actor } from 'kontor/sdk';

/** Who did it, as the ledger keeps it for good: a kind and a number, no name. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return `user:${actor.userId}`;
    case 'customer':
      return `customer:${actor.customerId}`;
    case 'apiKey':
      return `key:${actor.keyId}`;
    default:
      return actor.kind;
  }
}
