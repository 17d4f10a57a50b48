import { setTimeout as pause } from 'node:timers/promises';
import type { Transaction } from 'sequelize';
import { current, within } from '../context.ts';
import type { KernelLog } from '../parts.ts';
import { databaseErrors, isRetryable } from './errors.ts';
import type { Pool } from './pool.ts';
import type { SqlClient } from './scoped-client.ts';

export type OpenTransaction = {
  readonly client: SqlClient;
  /** The same as Sequelize's models know it. */
  readonly forModels: Transaction;
  readonly storeId: number | undefined;
  readonly afterCommit: (() => void | Promise<void>)[];
  /** What was announced already, so that one transaction says a thing once. */
  readonly announced: Set<string>;
  savepoints: number;
  isOver: boolean;
};

export type Slot = 'transaction' | 'platformTransaction';

const RETRIES = 3;
const FIRST_PAUSE = 5; // ms; doubled each time, with chance, so that two do not meet again

/** Runs work in the open transaction of this slot, else in a new one that is retried when the database asks for it. */
export async function inTransaction<Value>(
  { pool, slot, log }: { pool: Pool; slot: Slot; log: KernelLog },
  work: () => Promise<Value>,
): Promise<Value> {
  if (openTransaction(slot)) return work();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once({ pool, slot, log }, work);
    } catch (error) {
      if (!isRetryable(error) || attempt === RETRIES) throw error;
      await pause(FIRST_PAUSE * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}

/** The open transaction of the code that asks, checked to be usable from here. */
export function openTransaction(slot: Slot): OpenTransaction | undefined {
  const { [slot]: open, store } = current();
  if (!open) return undefined;
  if (open.isOver) throw new databaseErrors.KERNEL_ERR_TRANSACTION_OVER();
  if (slot === 'transaction' && open.storeId !== store?.ref.id) {
    throw new databaseErrors.KERNEL_ERR_STORE_CHANGED(open.storeId ?? 'none', store?.ref.id ?? 'none');
  }
  return open;
}

async function once<Value>(
  { pool, slot, log }: { pool: Pool; slot: Slot; log: KernelLog },
  work: () => Promise<Value>,
): Promise<Value> {
  const client = await pool.acquireLong();
  const open: OpenTransaction = {
    client,
    forModels: pool.modelTransaction(client),
    storeId: current().store?.ref.id,
    afterCommit: [],
    announced: new Set(),
    savepoints: 0,
    isOver: false,
  };
  try {
    // Not awaited: it travels with the first statement. Its failure shows in whatever follows, at last in the commit.
    const begun = client.query('begin');
    begun.catch(() => undefined);
    const value = await within({ [slot]: open }, work);
    if (current().lease?.ended)
      throw new databaseErrors.KERNEL_ERR_LEASE_ENDED(current().plugin ?? 'unknown');
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') throw new databaseErrors.KERNEL_ERR_TRANSACTION_ABORTED();
    finish(open, 'commit');
    pool.releaseLong(client);
    for (const follow of open.afterCommit) await runAfterCommit(follow, log);
    return value;
  } catch (error) {
    if (!open.isOver) {
      finish(open, 'rollback');
      await client.query('rollback').catch(() => undefined);
      pool.releaseLong(client);
    }
    throw pool.explained(error);
  }
}

function finish(open: OpenTransaction, how: 'commit' | 'rollback'): void {
  open.isOver = true;
  Object.assign(open.forModels, { finished: how });
}

async function runAfterCommit(work: () => void | Promise<void>, log: KernelLog): Promise<void> {
  try {
    await work();
  } catch (error) {
    // The commit stands; nobody can take it back now.
    log.error({ err: error }, 'work after a commit failed');
  }
}
