import type { Features, PointsService, Result } from 'kontor/sdk';
import type { Config, Floor, Tenancy } from '../parts.ts';
import type { SecretsPart } from '../secrets/index.ts';
import type { Attempts } from './attempts.ts';
import type { Cache } from './cache.ts';
import type { Notices } from './notices.ts';
import type { Passwords } from './passwords.ts';
import type { Roles } from './roles.ts';
import type { Tokens } from './tokens.ts';

/** What auth needs of the other parts. */
export type AuthDeps = Pick<Floor, 'database' | 'changes' | 'clock' | 'random' | 'log'> & {
  config: Pick<Config, 'mode' | 'secrets' | 'http'>;
  points: Pick<PointsService, 'of'>;
  features: Pick<Features, 'use' | 'release' | 'limit'>;
  secrets: Pick<SecretsPart, 'ownedBy'>;
  tenancy: Pick<Tenancy, 'byId'>;
};

/** What the pieces of auth share. */
export type Common = AuthDeps & {
  attempts: Attempts;
  /** Ends what nodes remember of an owner; part of the open transaction, and here at once. */
  changed: Cache['changed'];
  notices: Notices;
  passwords: Passwords;
  roles: Roles;
  tokens: Tokens;
};

export type Order<Refusals extends string> = Promise<Result<undefined, Refusals>>;
