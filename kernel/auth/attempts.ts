import { countedAddress } from '../counted-address.ts';
import type { AuthDeps } from './common.ts';
import { hashOf } from './tokens.ts';

const MINUTE = 60_000;
const FORGOTTEN_AFTER = 24 * 60 * MINUTE;
const FIRST_WAIT = MINUTE / 2; // doubled with each further failure
/** From one place five guesses; the account as a whole more, and shorter, so that strangers cannot shut its owner out. */
const LIMITS = {
  place: { free: 5, longest: 60 * MINUTE },
  account: { free: 20, longest: 15 * MINUTE },
} as const;

type Attempt = { account: string; ip: string };
/**
 * Counts sign-ins before the password is looked at, so that a hundred at once get no more guesses than a hundred in a
 * row. Rows are in the database: a restart forgets nothing. Only hashes are kept, so that no stranger's address stays.
 */
export function createAttempts({ database, clock }: Pick<AuthDeps, 'database' | 'clock'>) {
  const { query } = database.platform;

  async function take(key: string, { free, longest }: { free: number; longest: number }) {
    const [row] = await query<{ attempts: number }>(
      `insert into kernel.sign_in_attempts as a (key, attempts, last_at) values ($1, 1, $2)
       on conflict (key) do update set
         attempts = case when a.last_at < $3 then 1 else a.attempts + 1 end,
         last_at = $2,
         locked_until = case when a.last_at >= $3 and a.attempts + 1 >= $4
           then $2::timestamptz + least($5, $6 * power(2, least(a.attempts + 1 - $4, 20))) * interval '1 millisecond' end
       where a.locked_until is null or a.locked_until <= $2
       returning attempts`,
      [key, clock.now(), new Date(clock.now().getTime() - FORGOTTEN_AFTER), free, longest, FIRST_WAIT],
    );
    return row?.attempts;
  }
  return {
    /**
     * Counts as a failure until it is cleared. The place first: whoever is locked out there does not count against the
     * account.
     *
     * @returns `locksAccount` when it is shut from now on
     */
    async begin(attempt: Attempt) {
      const [place, account] = keysOf(attempt);
      if ((await take(place, LIMITS.place)) === undefined) return { isLocked: true, locksAccount: false };
      const taken = await take(account, LIMITS.account);
      return { isLocked: taken === undefined, locksAccount: taken === LIMITS.account.free };
    },
    /** It was no guess: the password was right, and a second step is asked for. */
    async undo(attempt: Attempt): Promise<void> {
      await query(
        'update kernel.sign_in_attempts set attempts = greatest(attempts - 1, 0), locked_until = null where key = any($1)',
        [keysOf(attempt)],
      );
    },
    async clear(attempt: Attempt): Promise<void> {
      await query('delete from kernel.sign_in_attempts where key = any($1)', [keysOf(attempt)]);
    },
    async sweep(): Promise<void> {
      const before = new Date(clock.now().getTime() - FORGOTTEN_AFTER);
      await query('delete from kernel.sign_in_attempts where last_at < $1', [before]);
    },
  };
}
export type Attempts = ReturnType<typeof createAttempts>;

function keysOf({ account, ip }: Attempt): [place: string, account: string] {
  return [hashOf(`${account}|${countedAddress(ip)}`), hashOf(account)];
}
