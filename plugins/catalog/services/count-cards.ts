import type { Cradle, Id } from 'kontor/sdk';
import type { BulkQuery } from './bulk-change.ts';
import { cardFilter } from './card-statement.ts';

type Services = Pick<Cradle, 'clock' | 'database' | 'stores'>;

/** How many products a query finds, and the last of them by id. */
export async function countCards(
  { clock, database, stores }: Services,
  query: BulkQuery,
): Promise<{ count: number; last: Id }> {
  const { from, values } = cardFilter(query, { storeId: stores.current().id, now: clock.now() });
  const [row] = await database.query<{ count: number; last: Id }>(
    `select count(*) as count, coalesce(max(p.product_id), 0) as last ${from}`,
    values,
  );
  return row!;
}

/** The next products of a query by id, behind one and up to another. */
export async function idsBetween(
  { clock, database, stores }: Services,
  { query, after, through, limit }: { query: BulkQuery; after: Id; through: Id; limit: number },
): Promise<Id[]> {
  const { from, values } = cardFilter(query, { storeId: stores.current().id, now: clock.now() });
  const [first, second, third] = [after, through, limit].map((value) => `$${values.push(value)}`);
  const rows = await database.query<{ product_id: Id }>(
    `select p.product_id ${from} and p.product_id > ${first} and p.product_id <= ${second}
     order by p.product_id limit ${third}`,
    values,
  );
  return rows.map((row) => row.product_id);
}
