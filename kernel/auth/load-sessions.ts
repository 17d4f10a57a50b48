import { within, type StoreContext } from '../context.ts';
import type { CustomerIdentity, KernelDatabase, UserIdentity } from '../parts.ts';
import type { Known } from './cache.ts';
import type { Tokens } from './tokens.ts';

const DAY = 24 * 3_600_000;
export const LIFE = {
  user: { idle: 14 * DAY, longest: 90 * DAY },
  customer: { idle: 30 * DAY, longest: 180 * DAY },
};

type Facts = {
  id: number;
  person_id: number;
  email: string;
  locale: string;
  last_seen_at: Date;
  expires_at: Date;
};
type UserFacts = Facts & { is_admin: boolean; admin_id: number | null; reason: string | null };
type Deps = { database: Pick<KernelDatabase, 'query' | 'read' | 'platform'>; tokens: Tokens };

/** The person behind a session of the platform; not of one who was disabled. */
export async function loadUserSession(
  { database: { platform }, tokens }: Deps,
  { token, hash }: { token: string; hash: string },
): Promise<Known<UserIdentity> | undefined> {
  const [row] = await platform.query<UserFacts>(
    `select s.id, s.person_id, s.last_seen_at, s.expires_at, s.admin_id, s.reason, u.email, u.locale, u.is_admin
     from kernel.user_sessions s join kernel.users u on u.id = s.person_id
     where s.token_hash = $1 and u.state = 'active'`,
    [hash],
  );
  if (!row) return undefined;
  const { id: sessionId, person_id: userId, email, is_admin: isAdmin, admin_id: adminId, reason } = row;
  const more =
    adminId === null ? {} : { impersonation: { adminId, reason: reason ?? '', until: row.expires_at } };
  return {
    identity: {
      actor: { kind: 'user', userId, email, isAdmin, sessionId, ...more },
      csrfToken: tokens.csrf(token),
      locale: row.locale,
    },
    owners: adminId === null ? [`${userId}`] : [`${userId}`, `${adminId}`],
    ...timesOf(row, LIFE.user.idle),
    touch: (now) =>
      platform.query('update kernel.user_sessions set last_seen_at = $2 where id = $1', [sessionId, now]),
  };
}

/** The same for a session of one store. */
export async function loadCustomerSession(
  { database, tokens }: Deps,
  { store, token, hash }: { store: StoreContext; token: string; hash: string },
): Promise<Known<CustomerIdentity> | undefined> {
  const storeId = store.ref.id;
  const inStore = <Value>(work: () => Value) =>
    within({ store, plugin: undefined, transaction: undefined }, work);
  const [row] = await inStore(() =>
    database.read<Facts>(
      'customer-session',
      `select s.id, s.person_id, s.last_seen_at, s.expires_at, c.email, c.locale
       from kernel.customer_sessions s join kernel.customers c on c.store_id = s.store_id and c.id = s.person_id
       where s.store_id = $1 and c.store_id = $1 and s.token_hash = $2 and c.state = 'active'`,
      [storeId, hash],
    ),
  );
  if (!row) return undefined;
  const { id: sessionId, person_id: customerId, email, locale } = row;
  const touched = 'update kernel.customer_sessions set last_seen_at = $3 where store_id = $1 and id = $2';
  return {
    identity: {
      actor: { kind: 'customer', customerId, email, sessionId },
      csrfToken: tokens.csrf(token),
      locale,
    },
    owners: [`${storeId}:${customerId}`],
    ...timesOf(row, LIFE.customer.idle),
    touch: (now) => inStore(() => database.query(touched, [storeId, sessionId, now])),
  };
}

function timesOf({ last_seen_at, expires_at }: Facts, idle: number) {
  return { expires: expires_at.getTime(), idle, seen: last_seen_at.getTime() };
}
