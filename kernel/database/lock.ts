import type pg from 'pg';

const GROUND_LOCK = 5_346_310_001; // one for the start and every migration of an installation

/** Runs work while no other node bootstraps or migrates this database. Waits for the other to finish. */
export async function withLock<Value>(client: pg.Client, work: () => Promise<Value>): Promise<Value> {
  await client.query('select pg_advisory_lock($1)', [GROUND_LOCK]);
  try {
    return await work();
  } finally {
    await client.query('select pg_advisory_unlock($1)', [GROUND_LOCK]).catch(() => undefined);
  }
}
