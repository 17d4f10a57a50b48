import { defineErrors } from 'kontor/sdk';

export const databaseErrors = defineErrors({
  KERNEL_ERR_STATEMENT: [
    'Expected one select, insert, update, delete or with statement from plugin %s, got: %s',
    500,
    'private',
  ],
  KERNEL_ERR_LEASE_ENDED: [
    'A hook handler of plugin %s went on after its time was up; its statement was refused',
    500,
    'private',
  ],
  KERNEL_ERR_TRANSACTION_OVER: [
    'A statement came for a transaction that had ended; await everything inside transaction()',
    500,
    'private',
  ],
  KERNEL_ERR_TRANSACTION_ABORTED: [
    'The transaction was rolled back by the database because a statement inside had failed and its error was caught; let it out, or do not catch it inside',
    500,
    'private',
  ],
  KERNEL_ERR_STORE_CHANGED: [
    'Expected every statement of a transaction in one store: it began in store %s and store %s came; use inStore outside of it',
    500,
    'private',
  ],
  KERNEL_ERR_UNKNOWN_STORE: ['No store %s on this platform', 404, 'public'],
  KERNEL_ERR_DATABASE_ROLES: [
    'The database login %s may not create roles, and these are missing: %s. Ask the administrator of the database to run:\n%s',
    500,
    'private',
  ],
  KERNEL_ERR_DATABASE_SECRET: [
    'The secret given is %s. Give every process the same KONTOR_SECRET (or file `secret` in KONTOR_HOME); a new one comes as %s:NEW in front of the old one, and as %s:NEW alone where the old one is lost',
    500,
    'private',
  ],
  KERNEL_ERR_DATABASE_VERSION: [
    'Expected PostgreSQL 15 or later, got %s; upgrade it or leave DATABASE_URL empty',
    500,
    'private',
  ],
  KERNEL_ERR_DATABASE_UNREACHABLE: [
    'No PostgreSQL answers at %s: %s. Check DATABASE_URL, and that the server runs',
    503,
    'private',
  ],
  KERNEL_ERR_MODEL: ['Model of table %s: %s', 500, 'private'],
});

/** Says that no connection could be had, or that one was lost; any other accident, such as a wrong password, stays itself. */
export function unreachable(target: { host: string; port?: number }, cause: unknown): unknown {
  const { code, message } = innermost(cause);
  if (!LOST.test(`${code} ${message}`)) return cause;
  const place = target.port === undefined ? target.host : `${target.host}:${target.port}`;
  return new databaseErrors.KERNEL_ERR_DATABASE_UNREACHABLE(place, message, { cause });
}

/** Codes of the system, PostgreSQL's classes 08 and 57P, and what pg says of a connection that ended; 08P01 is a wrong message of ours. */
const LOST =
  /^(E[A-Z]+|08(?!P01)\w{3}|57P0\d) |connection.*(terminated|error|ended|closed|timeout)|timeout expired|not queryable/i;

/** What PostgreSQL said, however deep a library has wrapped it; undefined for other accidents. */
export function sqlState(error: unknown): string | undefined {
  const inner = innermost(error);
  return typeof inner.code === 'string' && /^[0-9A-Z]{5}$/.test(inner.code) ? inner.code : undefined;
}

/** The constraint a statement broke. Read from the message where the wire field is empty, as on Citus, less a shard's number. */
export function brokenConstraint(error: unknown): string | undefined {
  const { constraint, message } = innermost(error);
  return constraint ?? /constraint "(.+?)(?:_\d{6,})?"/.exec(message ?? '')?.[1];
}

/** Whether the same work may succeed when it is done again: serialization failure, deadlock. */
export function isRetryable(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}

type DatabaseError = { code?: unknown; constraint?: string; message?: string; original?: unknown };

function innermost(error: unknown): DatabaseError {
  let inner = (error ?? {}) as DatabaseError;
  while (inner.original) inner = inner.original as DatabaseError;
  return inner;
}
