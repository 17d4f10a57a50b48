import { current } from '../context.ts';
import type { Row } from '../parts.ts';
import { databaseErrors } from './errors.ts';
import type { Pool } from './pool.ts';
import type { SqlClient, Statement } from './scoped-client.ts';
import { openTransaction, type Slot } from './transactions.ts';

const ALLOWED = /^\s*(select|insert|update|delete|with)\b/i;

/** Runs one statement on the open transaction of the slot, else on a connection of its own. */
export async function run<R extends object = Row>(
  pool: Pool,
  slot: Slot,
  statement: Statement,
): Promise<R[]> {
  const open = openTransaction(slot);
  if (open) return (await open.client.query(statement)).rows as R[];
  const client = await pool.acquire();
  try {
    return (await client.query(statement)).rows as R[];
  } catch (error) {
    throw pool.explained(error);
  } finally {
    pool.release(client);
  }
}

/** Plugins send these five kinds only: a PREPARE or DEALLOCATE of theirs could meet the next request on the connection. */
export function checkStatement(plugin: string, text: string): void {
  if (!ALLOWED.test(text)) throw new databaseErrors.KERNEL_ERR_STATEMENT(plugin, text.slice(0, 80));
}

/**
 * Before each statement of a store: a hook handler whose time is up may send no more, and the first statement of a
 * handler inside a transaction opens a savepoint, so that its failure costs the caller nothing.
 */
export function guardLease(client: SqlClient): void {
  const { lease, transaction, plugin } = current();
  if (!lease) return;
  if (lease.ended) throw new databaseErrors.KERNEL_ERR_LEASE_ENDED(plugin ?? 'unknown');
  if (lease.savepoint || transaction?.client !== client) return;
  transaction.savepoints += 1;
  lease.savepoint = `handler_${transaction.savepoints}`;
  client.query(`savepoint ${lease.savepoint}`).catch(() => undefined); // its failure shows in the statement behind it
}

/** What becomes of a handler's savepoint: kept when it did well, taken back when it did not. */
export const savepoints = {
  async release(lease: { savepoint?: string | undefined }): Promise<void> {
    if (lease.savepoint) await current().transaction?.client.query(`release savepoint ${lease.savepoint}`);
    lease.savepoint = undefined;
  },
  async rollback(lease: { savepoint?: string | undefined }): Promise<void> {
    if (lease.savepoint)
      await current().transaction?.client.query(`rollback to savepoint ${lease.savepoint}`);
    lease.savepoint = undefined;
  },
};
