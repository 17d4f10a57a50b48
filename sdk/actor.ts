import type { Actor } from './auth.ts';

/**
 * Who did something, as colleagues read it: an address, the name of a key, why the platform did it; empty for a visitor. What is
 * kept for good, such as a ledger, keeps kind and number instead.
 *
 * @example actorName(stores.actor()) // 'ada@example.lu'
 */
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
