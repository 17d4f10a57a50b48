import {
  ok,
  refused,
  type Clock,
  type NewSession,
  type Result,
  type SignIn,
  type SignInRefusal,
} from 'kontor/sdk';
import type { Attempts } from './attempts.ts';
import type { NewNotice, Notices } from './notices.ts';
import type { Passwords } from './passwords.ts';
import type { Table } from './tables.ts';
import { hashOf, normaliseEmail, type Tokens } from './tokens.ts';

const HOUR = 3_600_000;
const RESET_FOR = HOUR;
const OPEN_RESETS = 3; // to one address at once: a stranger cannot fill somebody's mailbox

export type Person = {
  id: number;
  email: string;
  locale: string;
  state: 'active' | 'disabled';
  password_hash: string | null;
  signed_in_at: Date | null;
};
export type Session = {
  id: number;
  person_id: number;
  token_hash: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  ip: string;
  user_agent: string;
  /** Users only: who acts as this person, and why. */
  admin_id?: number | null;
  reason?: string | null;
};
export type Token = {
  id: number;
  kind: string;
  token_hash: string;
  email: string;
  person_id: number | null;
  expires_at: Date;
};

/** One kind of people, with its tables and times. */
export type Realm<P extends Person> = {
  readonly kind: 'user' | 'customer';
  readonly people: Table<P>;
  readonly sessions: Table<Session>;
  /** Always under the platform's role, so that a token and its notice are one transaction. */
  readonly tokens: Table<Token>;
  /** Milliseconds a session lives, however much it is used. */
  readonly longest: number;
  transaction<Value>(work: () => Promise<Value>): Promise<Value>;
  /** The store they are people of. */
  store(): { id: number; name: string } | undefined;
  /** Where links lead: scheme and canonical host. */
  origin(): string;
  /** Ends what nodes know of a person; part of the open transaction. */
  forget(personId: number): Promise<void>;
  /** Ends the API keys a person made. */
  endKeys(personId: number): Promise<void>;
  /** A second step, after the right password. */
  challenge(
    personId: number,
    answers: NonNullable<SignIn['challenges']>,
  ): Promise<Result<undefined, SignInRefusal>>;
};

type Refusal<Names extends string> = Result<undefined, Names>;
type Origin = { ip: string; userAgent: string };

/** Sign-in, sessions and passwords: the same rules for people who work and people who shop. */
export function createAccounts<P extends Person>(
  realm: Realm<P>,
  deps: {
    attempts: Attempts;
    clock: Clock;
    notices: Notices;
    passwords: Passwords;
    platform: <Value>(work: () => Promise<Value>) => Promise<Value>;
    tokens: Tokens;
  },
) {
  const { attempts, clock, notices, passwords, tokens } = deps;
  const account = (email: string) => [realm.kind, realm.store()?.id ?? '', email].join(':');
  const after = (milliseconds: number) => new Date(clock.now().getTime() + milliseconds);
  const matching = (match: Partial<Person>) => realm.people.find(match as Partial<P>);
  const change = (match: Partial<Person>, to: Partial<Person>) =>
    realm.people.change(match as Partial<P>, to as Partial<P>);
  // Whether there is such a person is found when it is delivered: an answer takes as long for unknown addresses.
  const tell = (email: string, notice: Partial<NewNotice> & Pick<NewNotice, 'kind'>) =>
    notices.add({ ...notice, to: email, audience: realm.kind, store: realm.store() });

  async function openSession(
    personId: number,
    origin: Origin,
    more: Partial<Session> = {},
  ): Promise<NewSession> {
    const token = tokens.create();
    const expiresAt = more.expires_at ?? after(realm.longest);
    await realm.sessions.insert({
      person_id: personId,
      token_hash: hashOf(token),
      created_at: clock.now(),
      last_seen_at: clock.now(),
      ip: origin.ip,
      user_agent: origin.userAgent.slice(0, 300),
      ...more,
      expires_at: expiresAt,
    });
    return { token, csrfToken: tokens.csrf(token), expiresAt };
  }

  async function signIn(input: SignIn): Promise<Result<{ session: NewSession; person: P }, SignInRefusal>> {
    const email = normaliseEmail(input.email);
    const attempt = { account: account(email), ip: input.ip };
    const permit = await attempts.begin(attempt);
    if (permit.isLocked) return refused('lockedOut');
    const [person] = await matching({ email });
    const isRight = await passwords.verify(input.password, person?.password_hash ?? null);
    if (!isRight && permit.locksAccount) await tell(email, { kind: 'locked-out' });
    if (!person || !isRight) return refused('wrongCredentials');
    if (person.state === 'disabled') return refused('disabled');
    const second = await realm.challenge(person.id, input.challenges ?? {});
    if (!second.ok) {
      if (second.refusal === 'challengeRequired') await attempts.undo(attempt);
      return second;
    }
    await attempts.clear(attempt);
    const signedIn = await enter(person, input);
    return signedIn ? ok(signedIn) : refused('wrongCredentials');
  }

  /** Checks once more, on the locked row, that nobody disabled the person or changed the password meanwhile. */
  async function enter(person: P, input: SignIn): Promise<{ session: NewSession; person: P } | undefined> {
    const proven = person.password_hash!;
    const password_hash = passwords.isOutdated(proven) ? await passwords.hash(input.password) : proven;
    return realm.transaction(async () => {
      const known = await realm.sessions.find({ person_id: person.id });
      const [still] = await change(
        { id: person.id, state: 'active', password_hash: proven },
        { password_hash, signed_in_at: clock.now() },
      );
      if (!still) return undefined;
      const isFamiliar = known.some(
        ({ user_agent, ip }) => user_agent === input.userAgent.slice(0, 300) || ip === input.ip,
      );
      if (realm.kind === 'user' && known.length > 0 && !isFamiliar)
        await tell(still.email, { kind: 'new-sign-in' });
      return { session: await openSession(person.id, input), person: still };
    });
  }

  /** A password asked for again; guesses count as they do at sign-in. */
  async function proves(person: Person | undefined, password: string): Promise<boolean> {
    const attempt = { account: account(person?.email ?? ''), ip: 'signed in' };
    if (!person || (await attempts.begin(attempt)).isLocked) return false;
    const isRight = await passwords.verify(password, person.password_hash);
    if (isRight) await attempts.clear(attempt);
    return isRight;
  }

  /** Whatever was opened under the old password ends with it; so does a lock-out. */
  async function setPassword(
    whose: { email: string; state?: 'active' },
    password_hash: string,
  ): Promise<boolean> {
    await attempts.clear({ account: account(whose.email), ip: 'signed in' });
    return realm.transaction(async () => {
      const [person] = await change(whose, { password_hash });
      if (!person) return false;
      await endSessions(person.id);
      await realm.endKeys(person.id);
      return true;
    });
  }

  async function endSessions(personId: number, except?: number): Promise<number> {
    const sessions = await realm.sessions.find({ person_id: personId });
    const ids = sessions.map(({ id }) => id).filter((id) => id !== except);
    await realm.sessions.remove({ id: ids });
    await realm.forget(personId);
    return ids.length;
  }

  return {
    openSession,
    signIn,
    proves,
    endSessions,
    after,
    async signOut(sessionId: number): Promise<void> {
      await realm.transaction(async () => {
        const [ended] = await realm.sessions.remove({ id: sessionId });
        if (ended) await realm.forget(ended.person_id);
      });
    },
    async changePassword(input: {
      personId: number;
      current: string;
      next: string;
      keepSessionId?: number;
    }): Promise<Refusal<'wrongPassword' | 'weakPassword'>> {
      const [person] = await matching({ id: input.personId });
      if (!person || !(await proves(person, input.current))) return refused('wrongPassword');
      const why = passwords.weakness(input.next, person.email);
      if (why) return refused('weakPassword', { why });
      const password_hash = await passwords.hash(input.next);
      return realm.transaction(async () => {
        await change({ id: person.id }, { password_hash });
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
      const expiresAt = after(RESET_FOR);
      await deps.platform(async () => {
        await realm.tokens.insert({
          kind: 'password-reset',
          token_hash: hashOf(token),
          email,
          expires_at: expiresAt,
        });
        const link = `${realm.origin()}/account/reset?token=${token}`;
        await tell(email, { kind: 'password-reset', link, expiresAt });
      });
    },
    async resetPassword(input: {
      token: string;
      password: string;
    }): Promise<Refusal<'invalidToken' | 'weakPassword'>> {
      const token_hash = hashOf(input.token);
      const [token] = await realm.tokens.find({ kind: 'password-reset', token_hash });
      if (!token || token.expires_at <= clock.now()) return refused('invalidToken');
      const why = passwords.weakness(input.password, token.email);
      if (why) return refused('weakPassword', { why });
      const password_hash = await passwords.hash(input.password);
      const taken = await realm.tokens.remove({ kind: 'password-reset', email: token.email });
      if (!taken.some((each) => each.token_hash === token_hash)) return refused('invalidToken');
      const isSet = await setPassword({ email: token.email, state: 'active' }, password_hash);
      return isSet ? ok() : refused('invalidToken');
    },
    /** For an administrator at the machine: the effects of a reset, without its token. */
    async setPassword(input: {
      email: string;
      password: string;
    }): Promise<Refusal<'notFound' | 'weakPassword'>> {
      const email = normaliseEmail(input.email);
      const why = passwords.weakness(input.password, email);
      if (why) return refused('weakPassword', { why });
      const password_hash = await passwords.hash(input.password);
      return (await setPassword({ email }, password_hash)) ? ok() : refused('notFound');
    },
    async setState(personId: number, state: Person['state']): Promise<Refusal<'notFound'>> {
      return realm.transaction(async () => {
        const [person] = await change({ id: personId }, { state });
        if (!person) return refused('notFound');
        if (state === 'active') return ok();
        await endSessions(personId);
        await realm.endKeys(personId);
        return ok();
      });
    },
  };
}
export type Accounts<P extends Person> = ReturnType<typeof createAccounts<P>>;
