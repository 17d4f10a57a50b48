import type { UserInfo } from 'kontor/sdk';
import type { AuthPart } from '../parts.ts';
import { createAccounts } from './accounts.ts';
import { createApiKeys } from './api-keys.ts';
import { createAttempts } from './attempts.ts';
import { createCache } from './cache.ts';
import type { AuthDeps } from './common.ts';
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
import { createUsers, userInfo } from './users.ts';

/** Who people are, what they may do, and how they prove it. */
export function createAuth(deps: AuthDeps): AuthPart {
  const cache = createCache(deps);
  const notices = createNotices(deps);
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
  const accounts = createAccounts<'user', UserInfo>({ realm: users, common, info: userInfo });
  const storeTeam = createTeam({ common, users: users.people });

  return {
    users: createUsers({ realm: users, accounts, common }),
    customers: createCustomers({ realm: customers, common }),
    team: {
      ...storeTeam.team,
      ...createInvitations({ accounts, common, realm: users, storeTeam }),
      ...createApiKeys(common),
    },
    identities: createIdentities({ cache, common, customers, users }),
    declare(manifests) {
      roles.declare(manifests);
      cache.drop(RIGHTS);
    },
    setPassword: accounts.setPassword,
    deliverNotices: notices.deliverDue,
    sweep: createSweep(common),
  };
}
