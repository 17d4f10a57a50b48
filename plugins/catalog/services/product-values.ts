import type { Cradle } from 'kontor/sdk';

const MOST = 500;

/** From value to value through an index, so that the cost is that of the values and not of the products. */
const distinct = (table: string, column: string) => `(
  with recursive known as (
    (select ${column} as value from catalog.${table} where store_id = $1 and ${column} > '' order by ${column} limit 1)
    union all
    select (select t.${column} from catalog.${table} t where t.store_id = $1 and t.${column} > known.value
      order by t.${column} limit 1) from known where known.value is not null)
  select coalesce(jsonb_agg(value), '[]') from (select value from known where value is not null limit ${MOST}) as chosen)`;

/** Vendors, types and tags to choose from, in one statement; tags in small letters, as they are compared. */
export async function productValues({
  database,
  stores,
}: Pick<Cradle, 'database' | 'stores'>): Promise<{ vendors: string[]; types: string[]; tags: string[] }> {
  const [row] = await database.query<{ vendors: string[]; types: string[]; tags: string[] }>(
    `select ${distinct('cards', 'vendor')} as vendors, ${distinct('cards', 'type')} as types,
       ${distinct('tags', 'tag')} as tags`,
    [stores.current().id],
  );
  return row!;
}
