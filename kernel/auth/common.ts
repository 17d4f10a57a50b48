import type { Result } from 'kontor/sdk';
import type { Attempts } from './attempts.ts';
import type { Cache } from './cache.ts';
import type { AuthDeps } from './deps.ts';
import type { Notices } from './notices.ts';
import type { Passwords } from './passwords.ts';
import type { Roles } from './roles.ts';
import type { Tokens } from './tokens.ts';

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
