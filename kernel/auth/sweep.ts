import type { Common } from './common.ts';
import { REALMS } from './realm.ts';

/** Takes away what has ended: sessions, tokens, invitations, forgotten attempts. Nothing depends on when it runs. */
export function createSweep({ attempts, clock, database }: Common) {
  const { query } = database.platform;
  return async function sweep(): Promise<void> {
    const now = clock.now();
    await attempts.sweep();
    await query('delete from kernel.invitations where expires_at <= $1', [now]);
    for (const [kind, { idle }] of Object.entries(REALMS)) {
      await query(`delete from kernel.${kind}_tokens where expires_at <= $1`, [now]);
      const unused = new Date(now.getTime() - idle);
      await query(`delete from kernel.${kind}_sessions where expires_at <= $1 or last_seen_at <= $2`, [
        now,
        unused,
      ]);
    }
  };
}
