import { type Cradle, ok, type PlatformDatabase, refused } from 'kontor/sdk';
import type { TwoFactor } from '../contract.ts';
import { fromBase32, toBase32 } from './base32.ts';
import { replaceCodes, useCode } from './recovery-codes.ts';
import { matchingStep, otpauthUri } from './totp.ts';

/** The second step's name, on the wire and in the kernel's memory of who needs it. */
export const TOTP = 'totp';

type Enrolment = { sealed_secret: string; last_step: number; confirmed_at: Date | null };

export function createTwoFactor({ clock, platform, random, secrets, users }: Cradle): TwoFactor {
  async function find({ query }: PlatformDatabase, userId: number): Promise<Enrolment | undefined> {
    const [enrolment] = await query<Enrolment>(
      'select sealed_secret, last_step, confirmed_at from two_factor.enrolments where user_id = $1',
      [userId],
    );
    return enrolment;
  }

  /** Takes the step in one statement, so that a code sent twice at once works once. */
  async function takeCode(database: PlatformDatabase, userId: number, code: string, enrolment: Enrolment) {
    const secret = fromBase32(secrets.open(enrolment.sealed_secret));
    const step = matchingStep({ secret, code, now: clock.now(), after: enrolment.last_step });
    if (step === undefined) return false;
    const taken = await database.query(
      'update two_factor.enrolments set last_step = $2 where user_id = $1 and last_step < $2 returning user_id',
      [userId, step],
    );
    return taken.length > 0;
  }

  /** What the kernel remembers goes in the same transaction: nobody is left open, or shut out, half-way. */
  async function remove({ query, transaction }: PlatformDatabase, userId: number): Promise<boolean> {
    return transaction(async () => {
      await query('delete from two_factor.recovery_codes where user_id = $1', [userId]);
      const removed = await query(
        'delete from two_factor.enrolments where user_id = $1 and confirmed_at is not null returning user_id',
        [userId],
      );
      if (removed.length > 0) await users.needChallenge(userId, TOTP, false);
      return removed.length > 0;
    });
  }

  return {
    status: (userId) =>
      platform.asPlatform('show a person their two-factor', async (database) => {
        const enrolment = await find(database, userId);
        const [codes] = await database.query<{ left: number }>(
          'select count(*) as left from two_factor.recovery_codes where user_id = $1',
          [userId],
        );
        const since = enrolment?.confirmed_at ?? null;
        return { isOn: since !== null, since, recoveryCodesLeft: Number(codes?.left ?? 0) };
      }),

    async enrol({ userId, email, password, issuer }) {
      if (!(await users.confirmPassword(userId, password))) return refused('wrongPassword');
      const secret = toBase32(Buffer.from(random.token() + random.token(), 'base64url').subarray(0, 20));
      const started = await platform.asPlatform('begin two-factor of a person', ({ query }) =>
        query(
          `insert into two_factor.enrolments as e (user_id, sealed_secret, started_at) values ($1, $2, $3)
           on conflict (user_id) do update set sealed_secret = $2, started_at = $3, last_step = 0
           where e.confirmed_at is null returning user_id`,
          [userId, secrets.seal(secret), clock.now()],
        ),
      );
      return started.length > 0
        ? ok({ secret, uri: otpauthUri({ secret, email, issuer }) })
        : refused('alreadyOn');
    },

    confirm: (userId, code) =>
      platform.asPlatform('turn on two-factor of a person', (database) =>
        database.transaction(async () => {
          const enrolment = await find(database, userId);
          if (!enrolment || enrolment.confirmed_at) return refused('notStarted');
          if (!(await takeCode(database, userId, code, enrolment))) return refused('wrongCode');
          await database.query('update two_factor.enrolments set confirmed_at = $2 where user_id = $1', [
            userId,
            clock.now(),
          ]);
          await users.needChallenge(userId, TOTP, true);
          return ok({ recoveryCodes: await replaceCodes(database, { userId, random }) });
        }),
      ),

    async renewRecoveryCodes(userId, password) {
      if (!(await users.confirmPassword(userId, password))) return refused('wrongPassword');
      return platform.asPlatform('make new recovery codes for a person', (database) =>
        database.transaction(async () => {
          const enrolment = await find(database, userId);
          if (!enrolment?.confirmed_at) return refused('notOn');
          return ok({ recoveryCodes: await replaceCodes(database, { userId, random }) });
        }),
      );
    },

    async disable(userId, password) {
      if (!(await users.confirmPassword(userId, password))) return refused('wrongPassword');
      const removed = await platform.asPlatform('turn off two-factor of a person', (database) =>
        remove(database, userId),
      );
      return removed ? ok() : refused('notOn');
    },

    async reset(userId, adminId) {
      const reason = `admin ${adminId} resets two-factor of user ${userId}`;
      return (await platform.asPlatform(reason, (database) => remove(database, userId)))
        ? ok()
        : refused('notOn');
    },

    async forget(userId) {
      const reason = `an operator takes two-factor from user ${userId}`;
      await platform.asPlatform(reason, (database) => remove(database, userId));
    },

    check: (userId, code) =>
      platform.asPlatform('check the second step of a sign-in', (database) =>
        database.transaction(async () => {
          const enrolment = await find(database, userId);
          if (!enrolment?.confirmed_at) return false;
          const typed = code.replaceAll(' ', '');
          const isRight = /^\d{6}$/.test(typed)
            ? await takeCode(database, userId, typed, enrolment)
            : await useCode(database, { userId, code });
          // An operator may have let them in without it while this plugin was off.
          if (isRight) await users.needChallenge(userId, TOTP, true);
          return isRight;
        }),
      ),
  };
}
