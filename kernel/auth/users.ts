import { ok, refused, type SessionInfo, type UserInfo, type Users } from 'kontor/sdk';
import type { Accounts } from './accounts.ts';
import type { Common } from './common.ts';
import type { Person, Realm } from './realm.ts';
import { hashOf, normaliseEmail } from './tokens.ts';

const HOUR = 3_600_000;
const EMAIL_CHANGE_FOR = 24 * HOUR;
const IMPERSONATION_FOR = HOUR;
const REASON_LENGTH = 10; // letters; "support" says nothing to whoever reads it a year later

export type UserAccounts = Accounts<UserInfo>;

/** `Users` of the sdk: people of the platform. */
export function createUsers(deps: { realm: Realm; accounts: UserAccounts; common: Common }): Users {
  const { realm, accounts, common } = deps;
  const { changed, clock, notices, tokens } = common;
  const { query } = common.database.platform;
  const kind = 'email-change';
  const byId = async (id: number) => (await realm.people.find({ id }))[0];

  return {
    ...accounts.own,
    create: ({ email, name, password, locale = 'en', isAdmin = false }) =>
      accounts.create({ email, name, password, locale, is_admin: isAdmin }),
    csrfToken: tokens.csrf,
    sessions: (userId, currentSessionId) =>
      query<SessionInfo>(
        `select id, created_at as "createdAt", last_seen_at as "lastSeenAt", ip, user_agent as "userAgent",
           id is not distinct from $2 as "isCurrent"
         from kernel.user_sessions where person_id = $1 and expires_at > $3 and last_seen_at > $4
         order by last_seen_at desc`,
        [userId, currentSessionId, clock.now(), new Date(clock.now().getTime() - realm.idle)],
      ),
    endSession: async (userId, id) =>
      (await accounts.end({ id, person_id: userId })) > 0 ? ok() : refused('notFound'),
    endAllSessions: (userId, except) => accounts.end({ person_id: userId }, except),
    confirmPassword: async (userId, password) => accounts.proves(await byId(userId), password),
    changePassword: ({ userId, ...rest }) => accounts.changePassword({ personId: userId, ...rest }),
    async requestEmailChange({ userId, email, password }) {
      const user = await byId(userId);
      if (!user || !(await accounts.proves(user, password))) return refused('wrongPassword');
      await tokens.mail({
        table: realm.tokens,
        row: { kind, person_id: userId },
        instead: { kind, person_id: userId },
        page: `${realm.origin()}/account/email`,
        lasts: EMAIL_CHANGE_FOR,
        notice: { kind, to: normaliseEmail(email), locale: user.locale },
      });
      return ok();
    },
    confirmEmailChange: (secret) =>
      realm.transaction(async () => {
        const [token] = await realm.tokens.remove({ kind, token_hash: hashOf(secret) });
        const user = token?.person_id ? await byId(token.person_id) : undefined;
        if (!token || !user || user.state === 'disabled' || token.expires_at <= clock.now())
          return refused('invalidToken');
        const [owner] = await realm.people.find({ email: token.email });
        if (owner) return refused('emailTaken');
        await realm.people.change({ id: user.id }, { email: token.email });
        await changed(realm.named(user.id));
        await notices.add({ kind: 'email-changed', to: user.email, locale: user.locale });
        return ok();
      }),
    updateProfile: (userId, { name, locale }) =>
      realm.transaction(async () => {
        await query(
          'update kernel.users set name = coalesce($2, name), locale = coalesce($3, locale) where id = $1',
          [userId, name, locale],
        );
        await changed(realm.named(userId));
      }),
    async needChallenge(userId, name, isNeeded) {
      await query(
        `update kernel.users set challenges = array_remove(challenges, $2::text)
           || case when $3::boolean then array[$2::text] else '{}'::text[] end where id = $1`,
        [userId, name, isNeeded],
      );
    },
    async disable(userId) {
      await accounts.own.setState(userId, 'disabled');
    },
    async enable(userId) {
      await accounts.own.setState(userId, 'active');
    },
    memberships: common.roles.memberships,
    /** The record is written with the session and never changed. */
    async impersonate({ adminId, userId, ip, userAgent, ...input }) {
      const reason = input.reason.trim();
      if (reason.length < REASON_LENGTH) return refused('reasonMissing', { minimumLength: REASON_LENGTH });
      const admin = await byId(adminId);
      if (!admin?.is_admin || admin.state === 'disabled') return refused('notAllowed');
      const user = await byId(userId);
      if (!user) return refused('notFound');
      if (user.is_admin || user.state === 'disabled') return refused('notAllowed');
      const now = clock.now();
      const until = new Date(now.getTime() + IMPERSONATION_FOR);
      return realm.transaction(async () => {
        await query(
          `insert into kernel.impersonations (admin_id, user_id, reason, ip, user_agent, started_at, until)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [adminId, userId, reason, ip, userAgent, now, until],
        );
        const more = { admin_id: adminId, reason, expires_at: until };
        return ok(await accounts.openSession(userId, { ip, userAgent }, more));
      });
    },
  };
}

export function userInfo({ id, email, name = '', locale, is_admin = false, state }: Person): UserInfo {
  return { id, email, name, locale, isAdmin: is_admin, state };
}
