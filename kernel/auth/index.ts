import {
  ok,
  refused,
  type Clock,
  type Features,
  type PointsService,
  type Random,
  type SignIn,
} from 'kontor/sdk';
import { current, within } from '../context.ts';
import type { AuthPart, Changes, Config, KernelDatabase, KernelLog, Row, Tenancy } from '../parts.ts';
import type { SecretsPart } from '../secrets/index.ts';
import { createAccounts } from './accounts.ts';
import { createApiKeys, type KeyRow } from './api-keys.ts';
import { createAttempts } from './attempts.ts';
import { createCustomers, type CustomerRow } from './customers.ts';
import { authErrors } from './errors.ts';
import { createIdentities, TOPICS } from './identities.ts';
import { createImpersonation } from './impersonation.ts';
import { createInvitations, type InvitationRow } from './invitations.ts';
import { LIFE } from './load-sessions.ts';
import { createNotices } from './notices.ts';
import { createPasswords } from './passwords.ts';
import type { Realm, Session, Token } from './realm.ts';
import { createRoles } from './roles.ts';
import { createSweep } from './sweep.ts';
import { createTable } from './tables.ts';
import { createTeam, type MemberRow, type RoleRow } from './team.ts';
import { createTokens } from './tokens.ts';
import { createUsers, type UserRow } from './users.ts';

/** Who people are, what they may do, and how they prove it. */
export function createAuth(deps: {
  config: Pick<Config, 'mode' | 'secrets' | 'http'>;
  database: KernelDatabase;
  changes: Changes;
  clock: Clock;
  random: Random;
  log: KernelLog;
  points: Pick<PointsService, 'of'>;
  features: Pick<Features, 'use' | 'release' | 'limit'>;
  secrets: Pick<SecretsPart, 'ownedBy'>;
  tenancy: Pick<Tenancy, 'byId'>;
}): AuthPart {
  const { clock, config, database, points } = deps;
  const { platform } = database;
  const secrets = deps.secrets.ownedBy({ plugin: 'kernel.notices', storeId: undefined });
  const tokens = createTokens(deps);
  const passwords = createPasswords(deps);
  const attempts = createAttempts(deps);
  const notices = createNotices({ ...deps, secrets });
  const roles = createRoles(deps);
  const { identities, drop } = createIdentities({ ...deps, roles, tokens });
  const accountDeps = { attempts, clock, notices, passwords, tokens, platform: platform.transaction };

  const userTable = <R extends object>(name: string) => createTable<R>({ query: platform.query, name });
  const storeTable = <R extends object>(name: string, query = database.query) =>
    createTable<R>({ query, name, scope: (): Row => ({ store_id: store().id }) });

  const userRealm: Realm<UserRow> = {
    kind: 'user',
    people: userTable('kernel.users'),
    sessions: userTable<Session>('kernel.user_sessions'),
    tokens: userTable<Token>('kernel.user_tokens'),
    life: LIFE.user,
    transaction: platform.transaction,
    store: () => undefined,
    origin: () => config.http.platformOrigin,
    forget: (userId) => changed('user', `${userId}`),
    endKeys: async (userId) => {
      await platform.query('delete from kernel.user_sessions where admin_id = $1', [userId]);
      const ended = await platform.query<KeyRow>(
        'delete from kernel.api_keys where created_by = $1 returning *',
        [userId],
      );
      for (const storeId of new Set(ended.map((key) => key.store_id))) await changed('key', `${storeId}`);
    },
    challenge: (userId, answers) =>
      within({ store: undefined, plugin: undefined }, () => challenge(userId, answers)),
  };
  const customerRealm: Realm<CustomerRow> = {
    kind: 'customer',
    people: storeTable('kernel.customers'),
    sessions: storeTable<Session>('kernel.customer_sessions'),
    tokens: storeTable<Token>('kernel.customer_tokens', platform.query),
    life: LIFE.customer,
    transaction: database.transaction,
    store,
    origin: () => `${new URL(config.http.platformOrigin).protocol}//${store().host}`,
    forget: (customerId) => changed('customer', `${store().id}:${customerId}`),
    endKeys: async () => undefined,
    challenge: async () => ok(),
  };

  const userAccounts = createAccounts(userRealm, accountDeps);
  const common = { clock, database, features: deps.features, notices, passwords, roles, tokens };
  const users = {
    ...createUsers({ ...common, realm: userRealm, accounts: userAccounts }),
    ...createImpersonation({ realm: userRealm, accounts: userAccounts, clock, query: platform.query }),
  };
  const storeId = () => store().id;
  const members = storeTable<MemberRow>('kernel.members');
  const team = createTeam({
    ...common,
    storeId,
    members,
    ownRoles: storeTable<RoleRow>('kernel.roles'),
    invitations: storeTable<InvitationRow>('kernel.invitations'),
    users: userRealm.people,
    async changed(what) {
      await changed('role', 'member' in what ? `${storeId()}:${what.member}` : `${storeId()}`);
      await changed('key', `${storeId()}`); // keys reach as far as their makers
    },
  });
  const invitations = createInvitations({
    ...common,
    accounts: userAccounts,
    createUser: users.create,
    invitations: storeTable<InvitationRow>('kernel.invitations', platform.query),
    members,
    origin: config.http.platformOrigin,
    store,
    team,
    tenancy: deps.tenancy,
    users: userRealm.people,
  });
  const keys = storeTable<KeyRow>('kernel.api_keys');
  const apiKeys = createApiKeys({ ...common, keys, storeId, changed: (id) => changed('key', `${id}`) });
  const { isRole: _, join: __, ...teamOfStore } = team;

  return {
    users,
    team: { ...teamOfStore, ...invitations, ...apiKeys },
    customers: createCustomers({
      realm: customerRealm,
      accounts: createAccounts(customerRealm, accountDeps),
      localeOfStore: () => store().locale,
      clock,
      passwords,
    }),
    identities,
    declare(manifests) {
      roles.declare(manifests);
      drop('role', '*');
      drop('key', '*');
    },
    setPassword: userAccounts.setPassword,
    deliverNotices: notices.deliverDue,
    sweep: createSweep({ attempts, clock, query: platform.query }),
  };

  function store() {
    const ref = current().store?.ref;
    if (!ref) throw new authErrors.KERNEL_ERR_AUTH_WITHOUT_STORE();
    return ref;
  }

  /** In the open transaction; here at once, so that the very next request sees it. */
  async function changed(of: keyof typeof TOPICS, owner: string): Promise<void> {
    await deps.changes.announce({ topic: TOPICS[of], key: owner });
    drop(of, owner);
  }

  /** Nothing is used up before every answer that is needed is there. */
  async function challenge(userId: number, answers: NonNullable<SignIn['challenges']>) {
    const needed: import('kontor/sdk').SignInChallenge[] = [];
    for (const each of points.of('signInChallenges')) if (await each.isRequired(userId)) needed.push(each);
    const missing = needed.filter(({ name }) => !Object.hasOwn(answers, name)).map(({ name }) => name);
    if (missing.length > 0) return refused('challengeRequired', { challenges: missing });
    for (const { name, check } of needed) {
      if (!(await check(userId, answers[name]!))) return refused('challengeFailed', { challenge: name });
    }
    return ok();
  }
}
