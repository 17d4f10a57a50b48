import type { Clock, Features, PointsService, Result } from 'kontor/sdk';
import type { Config, KernelDatabase } from '../parts.ts';
import type { Attempts } from './attempts.ts';
import type { Notices } from './notices.ts';
import type { Passwords } from './passwords.ts';
import type { Roles } from './roles.ts';
import type { Tokens } from './tokens.ts';

/** What the pieces of auth share. */
export type Common = {
  attempts: Attempts;
  clock: Clock;
  config: Pick<Config, 'http'>;
  database: KernelDatabase;
  features: Pick<Features, 'use' | 'release' | 'limit'>;
  notices: Notices;
  passwords: Passwords;
  points: Pick<PointsService, 'of'>;
  roles: Roles;
  tokens: Tokens;
  /** Ends what nodes remember of an owner; part of the open transaction, and here at once. */
  changed(owner: string): Promise<void>;
};

export type Order<Refusals extends string> = Promise<Result<undefined, Refusals>>;
