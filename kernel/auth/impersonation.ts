import { ok, refused, type Clock, type Users } from 'kontor/sdk';
import type { Accounts } from './accounts.ts';
import type { Realm } from './realm.ts';
import { createTable, type Query } from './tables.ts';
import type { UserRow } from './users.ts';

const AT_MOST = 3_600_000;
const REASON_LENGTH = 10; // letters; "support" says nothing to whoever reads it a year later

/** Lets an admin act as a user. The record is written with the session and never changed. */
export function createImpersonation(deps: {
  realm: Realm<UserRow>;
  accounts: Accounts<UserRow>;
  clock: Clock;
  query: Query;
}): Pick<Users, 'impersonate'> {
  const { realm, accounts, clock } = deps;
  const records = createTable({ query: deps.query, name: 'kernel.impersonations' });
  return {
    async impersonate({ adminId, userId, reason, ...origin }) {
      if (reason.trim().length < REASON_LENGTH)
        return refused('reasonMissing', { minimumLength: REASON_LENGTH });
      const [admin] = await realm.people.find({ id: adminId });
      if (!admin?.is_admin || admin.state === 'disabled') return refused('notAllowed');
      const [user] = await realm.people.find({ id: userId });
      if (!user) return refused('notFound');
      if (user.is_admin || user.state === 'disabled') return refused('notAllowed');
      const until = accounts.after(AT_MOST);
      return realm.transaction(async () => {
        await records.insert({
          admin_id: adminId,
          user_id: userId,
          reason: reason.trim(),
          ip: origin.ip,
          user_agent: origin.userAgent,
          started_at: clock.now(),
          until,
        });
        const more = { admin_id: adminId, reason: reason.trim(), expires_at: until };
        return ok(await accounts.openSession(userId, origin, more));
      });
    },
  };
}
