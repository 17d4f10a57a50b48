import type pg from 'pg';
import type { Id } from 'kontor/sdk';
import type { Kernel } from '../../../kernel/parts.ts';
import { withBarePool } from './bare-pg.ts';

/* What a completion writes, as one would write it by hand: copies of the tables with their keys, checks and indexes, with
 * nothing that keeps stores apart, and one transaction of plain prepared statements whose values are there already. */

const TABLES = [
  'orders.orders',
  'orders.lines',
  'orders.timeline',
  'orders.series',
  'payments.payments',
  'inventory.reservations',
  'cart.carts',
  'checkout.checkouts',
  'customers.profiles',
  'kernel.events',
  'kernel.jobs',
  'kernel.usage',
];

/** As PostgreSQL writes it. */
type Row = Record<string, string | null>;
type Insert = (client: pg.ClientBase, change: (row: Row) => Row) => Promise<Row[]>;

/**
 * Makes `bare.*`, as full as the real tables are now.
 *
 * @param sample - an order that was made for real: what it wrote is written again for each cart
 */
export async function withBareOrders<Value>(
  kernel: Kernel,
  sample: { orderId: Id; storeId: Id; clients: number },
  work: (place: (cartId: Id) => Promise<void>) => Promise<Value>,
): Promise<Value> {
  return withBarePool(kernel, { max: sample.clients }, async (pool) => {
    const writes = await prepare(pool, sample);
    return work((cartId) => placed(pool, { cartId, storeId: sample.storeId, writes }));
  });
}

async function prepare(pool: pg.Pool, sample: { orderId: Id }): Promise<Writes> {
  await pool.query('create schema bare');
  for (const table of TABLES) {
    await pool.query(`create table ${bare(table)} (like ${table} including all)`);
    await pool.query(`insert into ${bare(table)} select * from ${table}`);
    await pool.query(`analyze ${bare(table)}`);
  }
  await pool.query(
    `select setval(pg_get_serial_sequence('bare.' || name, 'id'), 1000000000)
     from unnest('{orders,lines,timeline,profiles,events}'::text[]) as name`,
  );
  const like = (table: string, where: string, value: unknown = sample.orderId) =>
    insertLike({ pool, table, where, value });
  const ofOrder = (column: string) => `${column} = (select ${column} from orders.orders where id = $1)`;
  return {
    orders: await like('orders.orders', 'id = $1'),
    lines: await like('orders.lines', 'order_id = $1'),
    timeline: await like('orders.timeline', 'order_id = $1'),
    events: await like('kernel.events', 'entity = $1', `order:${sample.orderId}`),
    jobs: await like(
      'kernel.jobs',
      "name = 'payments.capture' and key = (select payment_id::text from orders.orders where id = $1)",
    ),
    profiles: await like('customers.profiles', ofOrder('email')),
  };
}

function bare(table: string): string {
  return `bare.${table.split('.')[1]}`;
}

async function insertLike(from: {
  pool: pg.Pool;
  table: string;
  where: string;
  value: unknown;
}): Promise<Insert> {
  const { pool, table, where, value } = from;
  const asWritten = { getTypeParser: () => (text: unknown) => text };
  const found = await pool.query<Row>({
    text: `select * from ${table} where ${where}`,
    values: [value],
    types: asWritten,
  } as pg.QueryConfig);
  if (found.rows.length === 0) throw new Error(`Expected the sample to have written ${table}`);
  const rows = found.rows.map(
    ({ id, ...row }) => (table === 'kernel.jobs' ? { id: id!, ...row } : row) as Row,
  );
  const columns = Object.keys(rows[0]!);
  const tuples = rows.map(
    (_, at) => `(${columns.map((_, column) => `$${at * columns.length + column + 1}`).join(', ')})`,
  );
  const text = `insert into ${bare(table)} (${columns.join(', ')}) values ${tuples.join(', ')} returning id`;
  return async (client, change) => {
    const values = rows.flatMap((row) => {
      const changed = change(row);
      return columns.map((column) => changed[column]);
    });
    return (await client.query<Row>({ name: table, text, values })).rows;
  };
}

type Writes = Record<'orders' | 'lines' | 'timeline' | 'events' | 'jobs' | 'profiles', Insert>;

async function placed(
  pool: pg.Pool,
  { cartId, storeId, writes }: { cartId: Id; storeId: Id; writes: Writes },
): Promise<void> {
  const client = await pool.connect();
  const run = async (name: string, text: string, values: unknown[]) =>
    (await client.query({ name, text, values })).rows[0];
  const payment = await run(
    'payment',
    'select id from bare.payments where store_id = $1 and reference = $2',
    [storeId, `cart:${cartId}`],
  );
  const paymentId = String(payment.id);
  await client.query('begin');
  await run('hold', 'update bare.reservations set expires_at = null where store_id = $1 and reference = $2', [
    storeId,
    `cart:${cartId}`,
  ]);
  await writes.profiles(client, (row) => ({ ...row, email: `bare-${cartId}@example.lu` }));
  await run(
    'count',
    `update bare.usage set used = used + 1 where store_id = $1 and code = 'orders.per_month'`,
    [storeId],
  );
  const { number } = await run(
    'number',
    'update bare.series set next = next + 1 where store_id = $1 returning next - 1 as number',
    [storeId],
  );
  const [order] = await writes.orders(client, (row) => ({
    ...row,
    number: `#${number}`,
    token: crypto.randomUUID(),
    cart_id: String(cartId),
    payment_id: paymentId,
    stock_reference: `cart:${cartId}`,
  }));
  const id = order!.id!;
  await writes.lines(client, (row) => ({ ...row, order_id: id }));
  await writes.timeline(client, (row) => ({ ...row, order_id: id }));
  await writes.events(client, (row) => ({ ...row, uuid: crypto.randomUUID(), entity: `order:${id}` }));
  await run('settle', 'update bare.payments set order_id = $3 where store_id = $1 and id = $2', [
    storeId,
    paymentId,
    id,
  ]);
  await writes.jobs(client, (row) => ({ ...row, id: crypto.randomUUID(), key: paymentId }));
  await run(
    'cart',
    `update bare.carts set state = 'ordered', order_id = $3 where store_id = $1 and id = $2`,
    [storeId, cartId, id],
  );
  await run('checkout', 'update bare.checkouts set order_id = $3 where store_id = $1 and cart_id = $2', [
    storeId,
    cartId,
    id,
  ]);
  await client.query('commit');
  client.release();
}
