import type { Clock } from 'kontor/sdk';
import type { Attempts } from './attempts.ts';
import { LIFE } from './load-sessions.ts';
import type { Query } from './tables.ts';

/** Takes away what has ended: sessions, tokens, invitations, forgotten attempts. Nothing depends on when it runs. */
export function createSweep({ attempts, clock, query }: { attempts: Attempts; clock: Clock; query: Query }) {
  return async function sweep(): Promise<void> {
    const now = clock.now();
    const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);
    await attempts.sweep();
    await query('delete from kernel.user_tokens where expires_at <= $1', [now]);
    await query('delete from kernel.customer_tokens where expires_at <= $1', [now]);
    await query('delete from kernel.invitations where expires_at <= $1', [now]);
    const ended = 'expires_at <= $1 or last_seen_at <= $2';
    await query(`delete from kernel.user_sessions where ${ended}`, [now, ago(LIFE.user.idle)]);
    await query(`delete from kernel.customer_sessions where ${ended}`, [now, ago(LIFE.customer.idle)]);
  };
}
