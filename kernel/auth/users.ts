import { ok, refused, type Clock, type UserInfo, type Users } from 'kontor/sdk';
import type { Accounts } from './accounts.ts';
import type { Notices } from './notices.ts';
import type { Passwords } from './passwords.ts';
import type { Person, Realm } from './realm.ts';
import type { Roles } from './roles.ts';
import { hashOf, normaliseEmail, type Tokens } from './tokens.ts';

const HOUR = 3_600_000;
const EMAIL_CHANGE_FOR = 24 * HOUR;

export type UserRow = Person & { name: string; is_admin: boolean; created_at: Date };

/** `Users` of the sdk, over the rules that hold for all accounts. */
export function createUsers(deps: {
  realm: Realm<UserRow>;
  accounts: Accounts<UserRow>;
  roles: Pick<Roles, 'memberships'>;
  clock: Clock;
  notices: Notices;
  passwords: Passwords;
  tokens: Tokens;
}): Omit<Users, 'impersonate'> {
  const { realm, accounts, clock, notices, passwords, tokens } = deps;
  const byId = async (id: number) => (await realm.people.find({ id }))[0];

  return {
    async create(input) {
      const email = normaliseEmail(input.email);
      const why = input.password === undefined ? undefined : passwords.weakness(input.password, email);
      if (why) return refused('weakPassword', { why });
      const user = await realm.people.insert({
        email,
        name: input.name,
        locale: input.locale ?? 'en',
        is_admin: input.isAdmin ?? false,
        password_hash: input.password === undefined ? null : await passwords.hash(input.password),
        created_at: clock.now(),
      });
      return user ? ok(userInfo(user)) : refused('emailTaken');
    },
    async find(userId) {
      const user = await byId(userId);
      return user && userInfo(user);
    },
    async signIn(input) {
      const signedIn = await accounts.signIn(input);
      return signedIn.ok
        ? ok({ ...signedIn.value.session, user: userInfo(signedIn.value.person) })
        : signedIn;
    },
    signOut: accounts.signOut,
    csrfToken: tokens.csrf,
    async sessions(userId, currentSessionId) {
      const sessions = await realm.sessions.find({ person_id: userId });
      return sessions
        .filter(({ expires_at }) => expires_at > clock.now())
        .filter(({ last_seen_at }) => last_seen_at > accounts.after(-realm.life.idle))
        .sort((one, other) => other.last_seen_at.getTime() - one.last_seen_at.getTime())
        .map(({ id, created_at, last_seen_at, ip, user_agent }) => ({
          id,
          createdAt: created_at,
          lastSeenAt: last_seen_at,
          ip,
          userAgent: user_agent,
          isCurrent: id === currentSessionId,
        }));
    },
    endSession: (userId, sessionId) =>
      realm.transaction(async () => {
        const [ended] = await realm.sessions.remove({ id: sessionId, person_id: userId });
        if (!ended) return refused('notFound');
        await realm.forget(userId);
        return ok();
      }),
    endAllSessions: (userId, except) => realm.transaction(() => accounts.endSessions(userId, except)),
    confirmPassword: async (userId, password) => accounts.proves(await byId(userId), password),
    changePassword: ({ userId, ...rest }) => accounts.changePassword({ personId: userId, ...rest }),
    requestPasswordReset: accounts.requestReset,
    resetPassword: accounts.resetPassword,
    async requestEmailChange({ userId, password, ...input }) {
      const user = await byId(userId);
      if (!user || !(await accounts.proves(user, password))) return refused('wrongPassword');
      const token = tokens.create();
      const email = normaliseEmail(input.email);
      const expiresAt = accounts.after(EMAIL_CHANGE_FOR);
      return realm.transaction(async () => {
        await realm.tokens.remove({ kind: 'email-change', person_id: userId });
        await realm.tokens.insert({
          kind: 'email-change',
          token_hash: hashOf(token),
          email,
          person_id: userId,
          expires_at: expiresAt,
        });
        const link = `${realm.origin()}/account/email?token=${token}`;
        await notices.add({ kind: 'email-change', to: email, locale: user.locale, link, expiresAt });
        return ok();
      });
    },
    confirmEmailChange: (secret) =>
      realm.transaction(async () => {
        const [token] = await realm.tokens.remove({ kind: 'email-change', token_hash: hashOf(secret) });
        const user = token?.person_id ? await byId(token.person_id) : undefined;
        if (!token || !user || user.state === 'disabled' || token.expires_at <= clock.now()) {
          return refused('invalidToken');
        }
        const [owner] = await realm.people.find({ email: token.email });
        if (owner) return refused('emailTaken');
        await realm.people.change({ id: user.id }, { email: token.email });
        await realm.forget(user.id);
        await notices.add({ kind: 'email-changed', to: user.email, locale: user.locale });
        return ok();
      }),
    async updateProfile(userId, change) {
      if (change.name === undefined && change.locale === undefined) return;
      await realm.transaction(async () => {
        await realm.people.change({ id: userId }, change);
        await realm.forget(userId);
      });
    },
    async disable(userId) {
      await accounts.setState(userId, 'disabled');
    },
    async enable(userId) {
      await accounts.setState(userId, 'active');
    },
    memberships: deps.roles.memberships,
  };
}

export function userInfo({ id, email, name, locale, is_admin, state }: UserRow): UserInfo {
  return { id, email, name, locale, isAdmin: is_admin, state };
}
