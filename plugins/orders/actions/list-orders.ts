import { type Cradle, type ListedOrder, type Orders, readCursor, writeCursor } from 'kontor/sdk';
import { LISTED_COLUMNS, type ListedRow, toListed } from '../models/order.ts';

type Options = NonNullable<Parameters<Orders['list']>[0]>;

const FILTERS: readonly [name: keyof Options, sql: (place: string) => string][] = [
  ['state', (place) => `o.state = ${place}`],
  ['paymentState', (place) => `o.payment_state = ${place}`],
  ['customerId', (place) => `o.customer_id = ${place}`],
  ['email', (place) => `o.email = lower(${place})`],
  ['text', (place) => `o.search_text like ${place}`],
  ['from', (place) => `o.placed_at >= ${place}`],
  ['to', (place) => `o.placed_at < ${place}`],
  ['tag', (place) => `${place} = any(o.tags)`],
];

/** A page of orders: one statement, however many there are. */
export async function listOrders(
  options: Options,
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<{ orders: ListedOrder[]; next: string | null }> {
  const limit = Math.min(options.limit ?? 50, 100);
  const values: unknown[] = [stores.current().id, limit + 1];
  const place = (value: unknown) => `$${values.push(value)}`;
  const given = FILTERS.filter(([name]) => options[name] !== undefined && options[name] !== '');
  const where = given.map(([name, sql]) => sql(place(name === 'text' ? part(options.text!) : options[name])));
  const [way, beyond] = options.sort === 'oldest' ? ['asc', '>'] : ['desc', '<'];
  const after = readCursor(options.cursor, { isTime: true });
  if (after)
    where.push(
      `(o.placed_at, o.id) ${beyond} (${place(after.value)}::timestamptz, ${place(after.id)}::bigint)`,
    );
  const rows = await database.query<ListedRow & { exact_at: string }>(
    `select ${LISTED_COLUMNS}, o.placed_at::text as exact_at from orders.orders o
     where ${['o.store_id = $1', ...where].join(' and ')} order by o.placed_at ${way}, o.id ${way} limit $2`,
    values,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? writeCursor({ value: last.exact_at, id: last.id }) : null;
  return { orders: page.map(toListed), next };
}

/** A pattern for a part of a text, in which % and _ mean themselves. */
function part(text: string): string {
  return `%${text
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')}%`;
}
