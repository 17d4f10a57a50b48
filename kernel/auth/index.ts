import type { Clock, Features, PointsService, Random } from 'kontor/sdk';
import type { AuthPart, Changes, Config, KernelDatabase, KernelLog, Tenancy } from '../parts.ts';
import type { SecretsPart } from '../secrets/index.ts';
import { createAccounts } from './accounts.ts';
import { createApiKeys } from './api-keys.ts';
import { createAttempts } from './attempts.ts';
import { createCache } from './cache.ts';
import { createCustomers } from './customers.ts';
import { createIdentities } from './identities.ts';
import { createInvitations } from './invitations.ts';
import { createNotices } from './notices.ts';
import { createPasswords } from './passwords.ts';
import { createRealm } from './realm.ts';
import { createRoles, RIGHTS } from './roles.ts';
import { createSweep } from './sweep.ts';
import { createTeam } from './team.ts';
import { createTokens } from './tokens.ts';
import { createUsers } from './users.ts';

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
  const secrets = deps.secrets.ownedBy({ plugin: 'kernel.notices', storeId: undefined });
  const cache = createCache(deps);
  const notices = createNotices({ ...deps, secrets });
  const tokens = createTokens({ ...deps, notices });
  const roles = createRoles(deps);
  const common = {
    ...deps,
    attempts: createAttempts(deps),
    changed: cache.changed,
    notices,
    passwords: createPasswords(deps),
    roles,
    tokens,
  };

  const users = createRealm('user', deps);
  const customers = createRealm('customer', deps);
  const accounts = createAccounts(users, common);
  const storeTeam = createTeam({ common, users: users.people });

  return {
    users: createUsers({ realm: users, accounts, common }),
    customers: createCustomers(createAccounts(customers, common)),
    team: {
      ...storeTeam.team,
      ...createInvitations({ accounts, common, realm: users, storeTeam, tenancy: deps.tenancy }),
      ...createApiKeys(common),
    },
    identities: createIdentities({ cache, customers, database: deps.database, roles, tokens, users }),
    declare(manifests) {
      roles.declare(manifests);
      cache.drop(RIGHTS);
    },
    setPassword: accounts.setPassword,
    deliverNotices: notices.deliverDue,
    sweep: createSweep(common),
  };
}
