import { ok, refused } from 'kontor/sdk';
import type { AuthPart } from '../parts.ts';
import type { Common, Order } from './common.ts';
import type { Person, Realm } from './realm.ts';
import { hashOf, normaliseEmail } from './tokens.ts';

const RESET_FOR = 3_600_000;
const OPEN_RESETS = 3; // to one address at once: a stranger cannot fill somebody's mailbox

/** The ways a password becomes another one. */
export function createPasswordChanges(deps: {
  realm: Realm;
  common: Common;
  proves(person: Person | undefined, password: string): Promise<boolean>;
  endSessions(personId: number, except?: number): Promise<void>;
  endAll(personId: number): Promise<void>;
}) {
  const { realm, common, proves, endSessions, endAll } = deps;
  const { attempts, clock, passwords } = common;
  const kind = 'password-reset';
  const isOpen = ({ expires_at }: { expires_at: Date }) => expires_at > clock.now();

  /** Whatever was opened under the old password ends with it; so does a lock-out. */
  async function replace(
    whose: Partial<Person> & { email: string },
    password_hash: string,
    withoutSecondStep = false,
  ) {
    await attempts.clear({ account: realm.named(whose.email), ip: 'signed in' });
    return realm.transaction(async () => {
      const change = { password_hash, ...(withoutSecondStep && { challenges: [] }) };
      const [person] = await realm.people.change(whose, change);
      if (!person) return false;
      await endAll(person.id);
      if (withoutSecondStep)
        for (const each of common.points.of('signInChallenges')) await each.forget?.(person.id);
      return true;
    });
  }

  return {
    async changePassword(input: {
      personId: number;
      current: string;
      next: string;
      keepSessionId?: number;
    }): Order<'wrongPassword' | 'weakPassword'> {
      const [person] = await realm.people.find({ id: input.personId });
      if (!person || !(await proves(person, input.current))) return refused('wrongPassword');
      const next = await passwords.accept(input.next, person.email);
      if (!next.ok) return next;
      return realm.transaction(async () => {
        await realm.people.change({ id: person.id }, { password_hash: next.value });
        await endSessions(person.id, input.keepSessionId);
        return ok();
      });
    },
    /** Does not look whether there is such a person: the notice does, when it is delivered. So both take the same time. */
    async requestPasswordReset(address: string): Promise<void> {
      const email = normaliseEmail(address);
      const open = await realm.tokens.find({ kind, email });
      if (open.filter(isOpen).length >= OPEN_RESETS) return;
      await common.tokens.mail({
        table: realm.tokens,
        row: { kind },
        page: `${realm.origin()}/account/reset`,
        lasts: RESET_FOR,
        notice: { kind, to: email, ...realm.sender() },
      });
    },
    async resetPassword(input: { token: string; password: string }): Order<'invalidToken' | 'weakPassword'> {
      const token_hash = hashOf(input.token);
      const [token] = await realm.tokens.find({ kind, token_hash });
      if (!token || !isOpen(token)) return refused('invalidToken');
      const { email } = token;
      const next = await passwords.accept(input.password, email);
      if (!next.ok) return next;
      // Whoever takes the row resets; every other link to this address ends with it.
      const taken = await realm.tokens.remove({ kind, email });
      const isMine = taken.some((each) => each.token_hash === token_hash);
      const isReplaced = isMine && (await replace({ email, state: 'active' }, next.value));
      return isReplaced ? ok() : refused('invalidToken');
    },
    /** For an administrator at the machine: the effects of a reset, without its token. */
    async setPassword(input: Parameters<AuthPart['setPassword']>[0]): Order<'notFound' | 'weakPassword'> {
      const email = normaliseEmail(input.email);
      const next = await passwords.accept(input.password, email);
      if (!next.ok) return next;
      const isReplaced = await replace({ email }, next.value, input.withoutSecondStep);
      return isReplaced ? ok() : refused('notFound');
    },
  };
}
