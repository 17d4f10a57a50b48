import { ok, refused, type NewSession, type Result, type SignIn, type SignInRefusal } from 'kontor/sdk';
import { within } from '../context.ts';
import type { Common, Order } from './common.ts';
import { createPasswordChanges } from './password-changes.ts';
import type { Person, Realm, Session } from './realm.ts';
import { hashOf, normaliseEmail } from './tokens.ts';

const USER_AGENT_LENGTH = 300;

export type Accounts<Info> = ReturnType<typeof createAccounts<'user', Info>>;

/**
 * Accounts, sign-in, sessions: the same rules for people who work and people who shop.
 *
 * @param info - a person without anything secret
 */
export function createAccounts<Kind extends 'user' | 'customer', Info>(input: {
  realm: Realm;
  common: Common;
  info: (person: Person) => Info;
}) {
  type SignedIn = NewSession & Record<Kind, Info>;
  const { realm, common, info } = input;
  const { attempts, changed, clock, database, notices, passwords, tokens } = common;
  const { people, sessions, named } = realm;

  async function create(input: Partial<Person> & { email: string; password?: string | undefined }) {
    const { password, ...row } = input;
    const email = normaliseEmail(row.email);
    const hashed = password === undefined ? ok(null) : await passwords.accept(password, email);
    if (!hashed.ok) return hashed;
    const all = { ...row, email, password_hash: hashed.value, created_at: clock.now() };
    const person = await people.insert(all);
    return person ? ok(info(person)) : refused('emailTaken');
  }

  async function openSession(
    personId: number,
    { ip, userAgent }: { ip: string; userAgent: string },
    more: Partial<Session> = {},
  ): Promise<NewSession> {
    const token = tokens.create();
    const now = clock.now();
    const expiresAt = more.expires_at ?? new Date(now.getTime() + realm.longest);
    await sessions.insert({
      person_id: personId,
      token_hash: hashOf(token),
      created_at: now,
      last_seen_at: now,
      ip,
      user_agent: userAgent.slice(0, USER_AGENT_LENGTH),
      ...more,
      expires_at: expiresAt,
    });
    return { token, csrfToken: tokens.csrf(token), expiresAt };
  }

  async function signIn(input: SignIn): Promise<Result<SignedIn, SignInRefusal>> {
    const email = normaliseEmail(input.email);
    const attempt = { account: named(email), ip: input.ip };
    const permit = await attempts.begin(attempt);
    if (permit.isLocked) return refused('lockedOut');
    const [person] = await people.find({ email });
    const isRight = await passwords.verify(input.password, person?.password_hash ?? null);
    if (!isRight && permit.locksAccount)
      await notices.add({ kind: 'locked-out', to: email, ...realm.sender() });
    if (!person || !isRight) return refused('wrongCredentials');
    if (person.state === 'disabled') return refused('disabled');
    const second = realm.kind === 'user' ? await challenge(person, input.challenges ?? {}) : ok();
    if (!second.ok) {
      if (second.refusal === 'challengeRequired') await attempts.undo(attempt);
      return second;
    }
    await attempts.clear(attempt);
    return enter(person, input);
  }

  /** The second step. Nothing is used up before every answer is there; a step nobody can ask for now opens nothing. */
  function challenge({ id: userId, challenges = [] }: Person, answers: NonNullable<SignIn['challenges']>) {
    return within({ store: undefined, plugin: undefined }, async () => {
      const running = common.points.of('signInChallenges');
      const unavailable = challenges.filter((wanted) => !running.some(({ name }) => name === wanted));
      const needed = [];
      for (const each of running)
        if (challenges.includes(each.name) || (await each.isRequired(userId))) needed.push(each);
      const missing = needed.filter(({ name }) => !Object.hasOwn(answers, name)).map(({ name }) => name);
      if (missing.length + unavailable.length > 0)
        return refused('challengeRequired', { challenges: missing, unavailable });
      for (const { name, check } of needed)
        if (!(await check(userId, answers[name]!))) return refused('challengeFailed', { challenge: name });
      return ok();
    });
  }

  /** Checks once more, on the locked row, that nobody disabled the person or changed the password meanwhile. */
  async function enter(person: Person, input: SignIn): Promise<Result<SignedIn, SignInRefusal>> {
    const proven = person.password_hash!;
    const password_hash = passwords.isOutdated(proven) ? await passwords.hash(input.password) : proven;
    const userAgent = input.userAgent.slice(0, USER_AGENT_LENGTH);
    return realm.transaction(async () => {
      const known = await sessions.find({ person_id: person.id });
      const [still] = await people.change(
        { id: person.id, state: 'active', password_hash: proven },
        { password_hash, signed_in_at: clock.now() },
      );
      if (!still) return refused('wrongCredentials');
      const isFamiliar = known.some(({ user_agent, ip }) => user_agent === userAgent || ip === input.ip);
      if (realm.kind === 'user' && known.length > 0 && !isFamiliar)
        await notices.add({ kind: 'new-sign-in', to: still.email });
      const session = await openSession(person.id, input);
      return ok({ ...session, [realm.kind]: info(still) } as SignedIn);
    });
  }

  /** A password asked for again; guesses count as they do at sign-in. */
  async function proves(person: Person | undefined, password: string): Promise<boolean> {
    const attempt = { account: named(person?.email ?? ''), ip: 'signed in' };
    if (!person || (await attempts.begin(attempt)).isLocked) return false;
    const isRight = await passwords.verify(password, person.password_hash);
    if (isRight) await attempts.clear(attempt);
    return isRight;
  }

  /** Sessions end on every node. @returns how many there were */
  function end(match: Partial<Session>, except?: number): Promise<number> {
    return realm.transaction(async () => {
      const ids = (await sessions.find(match)).map(({ id }) => id).filter((id) => id !== except);
      const ended = await sessions.remove({ id: ids });
      for (const id of new Set(ended.map(({ person_id }) => person_id))) await changed(named(id));
      return ended.length;
    });
  }

  /** The sessions as somebody else too, and a change of address that waits: its link would give the account away. */
  async function endSessions(personId: number, except?: number): Promise<void> {
    await end({ person_id: personId }, except);
    if (realm.kind !== 'user') return;
    await end({ admin_id: personId });
    await realm.tokens.remove({ kind: 'email-change', person_id: personId });
  }

  /** Everything a person opened, the keys too. */
  async function endAll(personId: number): Promise<void> {
    await endSessions(personId);
    if (realm.kind !== 'user') return;
    const keys = await database.platform.query<{ store_id: number }>(
      'delete from kernel.api_keys where created_by = $1 returning store_id',
      [personId],
    );
    for (const storeId of new Set(keys.map(({ store_id }) => store_id))) await changed(`team:${storeId}`);
  }

  const { changePassword, setPassword, ...resets } = createPasswordChanges({
    realm,
    common,
    proves,
    endSessions,
    endAll,
  });
  return {
    create,
    openSession,
    proves,
    end,
    changePassword,
    setPassword,
    /** For users and customers alike. */
    own: {
      ...resets,
      signIn,
      signOut: async (id: number) => void (await end({ id })),
      async find(id: number) {
        const [person] = await people.find({ id });
        return person && info(person);
      },
      setState: (personId: number, state: Person['state']): Order<'notFound'> =>
        realm.transaction(async () => {
          const [person] = await people.change({ id: personId }, { state });
          if (!person) return refused('notFound');
          if (state === 'disabled') await endAll(personId);
          return ok();
        }),
    },
  };
}
