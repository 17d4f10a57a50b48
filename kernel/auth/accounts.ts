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
import { createPasswordChanges } from './password-changes.ts';
import type { Person, Realm, Session } from './realm.ts';
import { hashOf, normaliseEmail, type Tokens } from './tokens.ts';

export type AccountDeps = {
  attempts: Attempts;
  clock: Clock;
  notices: Notices;
  passwords: Passwords;
  platform: <Value>(work: () => Promise<Value>) => Promise<Value>;
  tokens: Tokens;
};
type Origin = { ip: string; userAgent: string };

/** Sign-in, sessions and passwords: the same rules for people who work and people who shop. */
export function createAccounts<P extends Person>(realm: Realm<P>, deps: AccountDeps) {
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
    const expiresAt = more.expires_at ?? after(realm.life.longest);
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
    ...createPasswordChanges(realm as Realm<Person>, { ...deps, account, after, endSessions, proves, tell }),
    async signOut(sessionId: number): Promise<void> {
      await realm.transaction(async () => {
        const [ended] = await realm.sessions.remove({ id: sessionId });
        if (ended) await realm.forget(ended.person_id);
      });
    },
    async setState(personId: number, state: Person['state']): Promise<Result<undefined, 'notFound'>> {
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
