import { ok, refused, type Result } from 'kontor/sdk';
import type { AccountDeps } from './accounts.ts';
import type { NewNotice } from './notices.ts';
import type { Person, Realm } from './realm.ts';
import { hashOf, normaliseEmail } from './tokens.ts';

const RESET_FOR = 3_600_000;
const OPEN_RESETS = 3; // to one address at once: a stranger cannot fill somebody's mailbox

type Refusal<Names extends string> = Promise<Result<undefined, Names>>;

/** The ways a password becomes another one. */
export function createPasswordChanges(
  realm: Realm<Person>,
  deps: AccountDeps & {
    account: (email: string) => string;
    after: (milliseconds: number) => Date;
    endSessions: (personId: number, except?: number) => Promise<number>;
    proves: (person: Person | undefined, password: string) => Promise<boolean>;
    tell: (email: string, notice: Partial<NewNotice> & Pick<NewNotice, 'kind'>) => Promise<void>;
  },
) {
  const { account, attempts, clock, endSessions, passwords, tokens } = deps;
  const { people } = realm;

  /** Whatever was opened under the old password ends with it; so does a lock-out. */
  async function replace(
    whose: { email: string; state?: 'active' },
    password_hash: string,
  ): Promise<boolean> {
    await attempts.clear({ account: account(whose.email), ip: 'signed in' });
    return realm.transaction(async () => {
      const [person] = await people.change(whose, { password_hash });
      if (!person) return false;
      await endSessions(person.id);
      await realm.endKeys(person.id);
      return true;
    });
  }

  return {
    async changePassword(input: {
      personId: number;
      current: string;
      next: string;
      keepSessionId?: number;
    }): Refusal<'wrongPassword' | 'weakPassword'> {
      const [person] = await people.find({ id: input.personId });
      if (!person || !(await deps.proves(person, input.current))) return refused('wrongPassword');
      const why = passwords.weakness(input.next, person.email);
      if (why) return refused('weakPassword', { why });
      const password_hash = await passwords.hash(input.next);
      return realm.transaction(async () => {
        await people.change({ id: person.id }, { password_hash });
        await endSessions(person.id, input.keepSessionId);
        return ok();
      });
    },
    /** Does not look whether there is such a person: the notice does, when it is delivered. So both take the same time. */
    async requestReset(address: string): Promise<void> {
      const email = normaliseEmail(address);
      const open = await realm.tokens.find({ kind: 'password-reset', email });
      if (open.filter(({ expires_at }) => expires_at > clock.now()).length >= OPEN_RESETS) return;
      const token = tokens.create();
      const expires_at = deps.after(RESET_FOR);
      await deps.platform(async () => {
        await realm.tokens.insert({ kind: 'password-reset', token_hash: hashOf(token), email, expires_at });
        const link = `${realm.origin()}/account/reset?token=${token}`;
        await deps.tell(email, { kind: 'password-reset', link, expiresAt: expires_at });
      });
    },
    async resetPassword(input: {
      token: string;
      password: string;
    }): Refusal<'invalidToken' | 'weakPassword'> {
      const token_hash = hashOf(input.token);
      const [token] = await realm.tokens.find({ kind: 'password-reset', token_hash });
      if (!token || token.expires_at <= clock.now()) return refused('invalidToken');
      const { email } = token;
      const why = passwords.weakness(input.password, email);
      if (why) return refused('weakPassword', { why });
      const password_hash = await passwords.hash(input.password);
      // Whoever takes the row resets; every other link to this address ends with it.
      const taken = await realm.tokens.remove({ kind: 'password-reset', email });
      const isMine = taken.some((each) => each.token_hash === token_hash);
      return isMine && (await replace({ email, state: 'active' }, password_hash))
        ? ok()
        : refused('invalidToken');
    },
    /** For an administrator at the machine: the effects of a reset, without its token. */
    async setPassword(input: { email: string; password: string }): Refusal<'notFound' | 'weakPassword'> {
      const email = normaliseEmail(input.email);
      const why = passwords.weakness(input.password, email);
      if (why) return refused('weakPassword', { why });
      const password_hash = await passwords.hash(input.password);
      return (await replace({ email }, password_hash)) ? ok() : refused('notFound');
    },
  };
}
