import type { KernelDatabase } from '../parts.ts';
import type { AuthDeps } from './common.ts';
import { createTable, currentStore, ofCurrentStore } from './tables.ts';
import type { OneUseToken } from './tokens.ts';

const DAY = 24 * 3_600_000;

/** A session may go unused for `idle` milliseconds, and lives for `longest`, however much it is used. */
export const REALMS = {
  user: { people: 'kernel.users', idle: 14 * DAY, longest: 90 * DAY },
  customer: { people: 'kernel.customers', idle: 30 * DAY, longest: 180 * DAY },
} as const;

export type Person = {
  id: number;
  email: string;
  locale: string;
  state: 'active' | 'disabled';
  password_hash: string | null;
  signed_in_at: Date | null;
  created_at: Date;
  /** Users only. */
  name?: string;
  is_admin?: boolean;
  challenges?: string[];
  /** Customers only. */
  first_name?: string;
  last_name?: string;
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
export type Realm = ReturnType<typeof createRealm>;

/** One kind of people: users are of the platform, customers of the current store. All that differs stands here. */
export function createRealm(kind: keyof typeof REALMS, { config, database }: AuthDeps) {
  const { platform } = database;
  const { people, idle, longest } = REALMS[kind];
  const sessions = `kernel.${kind}_sessions`;
  const isOfStore = kind === 'customer';
  const { query, transaction } = isOfStore ? database : platform;
  const read: KernelDatabase['read'] = isOfStore ? database.read : (_, ...rest) => query(...rest);
  const scope = isOfStore ? ofCurrentStore : () => ({});
  const inStore = isOfStore ? 'and s.store_id = $2 and p.store_id = $2' : '';
  return {
    kind,
    idle,
    longest,
    transaction,
    people: createTable<Person>({ query, name: people, scope }),
    sessions: createTable<Session>({ query, name: sessions, scope }),
    /** Under the platform's role, so that a token and its notice are one transaction. */
    tokens: createTable<OneUseToken>({ query: platform.query, name: `kernel.${kind}_tokens`, scope }),
    /** One name for everything of one person or address, on all nodes. */
    named: (who: number | string) => [kind, ...Object.values(scope()), who].join(':'),
    /** The store that a notice speaks for. */
    sender: () => (isOfStore ? { storeId: currentStore().id, storeName: currentStore().name } : {}),
    /** Where links lead: scheme and canonical host. */
    origin: () => {
      const { platformOrigin } = config.http;
      return isOfStore ? `${new URL(platformOrigin).protocol}//${currentStore().host}` : platformOrigin;
    },
    /** A session with its person, unless that one is disabled; id and times are the session's. */
    async sessionOf(tokenHash: string): Promise<(Person & Session) | undefined> {
      const [row] = await read<Person & Session>(
        'session-and-person',
        `select p.*, s.* from ${sessions} s join ${people} p on p.id = s.person_id
         where s.token_hash = $1 and p.state = 'active' ${inStore}`,
        [tokenHash, ...Object.values(scope())],
      );
      return row;
    },
  };
}
