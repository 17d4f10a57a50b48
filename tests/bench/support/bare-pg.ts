import pg from 'pg';
import type { Kernel } from '../../../kernel/parts.ts';

/** A plain connection to the same database, for what the server itself can do. */
export async function withBarePg<Value>(
  kernel: Kernel,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const { ssl, ...target } = kernel.database.target('admin');
  const client = new pg.Client({ ...target, ...(ssl !== undefined && { ssl }) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same, many at once. */
export async function withBarePool<Value>(
  kernel: Kernel,
  { max }: { max: number },
  work: (pool: pg.Pool) => Promise<Value>,
): Promise<Value> {
  const { ssl, ...target } = kernel.database.target('admin');
  const pool = new pg.Pool({ ...target, ...(ssl !== undefined && { ssl }), max });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}
