import type { Cradle, Id } from 'kontor/sdk';
import { termOfCollection } from '../services/document.ts';

/** Products looked at in one transaction. */
const PIECE = 1000;

/** Makes the index agree with who is in a collection now. Three statements for a thousand products of the store. */
export async function indexCollection(
  services: Cradle,
  collectionId: Id,
  step: (percent: number) => Promise<void>,
): Promise<void> {
  const { database, stores } = services;
  const [range] = await database.query<{ last: Id | null }>(
    'select max(product_id) as last from search.products where store_id = $1',
    [stores.current().id],
  );
  const last = range?.last ?? 0;
  for (let after: Id | undefined = 0; after !== undefined; ) {
    after = await indexPiece(services, { collectionId, after });
    if (after !== undefined) await step(Math.min(99, Math.floor((after / last) * 100)));
  }
}

async function indexPiece(
  { catalog, database, stores }: Cradle,
  { collectionId, after }: { collectionId: Id; after: Id },
): Promise<Id | undefined> {
  const storeId = stores.current().id;
  return database.transaction(async () => {
    // Locked before members are read, as the index of a product does.
    const rows = await database.query<{ id: Id }>(
      `select product_id as id from search.products where store_id = $1 and product_id > $2
       order by product_id limit $3 for no key update`,
      [storeId, after, PIECE],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return undefined;
    const members = await catalog.inCollection(collectionId, ids);
    await database.query(MEMBERS, [storeId, termOfCollection(collectionId), ids, members]);
    return ids.length < PIECE ? undefined : ids.at(-1);
  });
}

/** The terms kept with a product and its postings change together, so that the next change knows what is there. */
const MEMBERS = `
  with gone as (
    delete from search.postings p
    where p.store_id = $1 and p.term = $2 and p.product_id = any($3) and p.product_id <> all($4) returning p.product_id),
  made as (
    insert into search.postings (store_id, term, product_id, weight)
    select $1, $2, m.id, 0 from unnest($4::bigint[]) as m (id)
    on conflict (store_id, term, product_id, weight) do nothing returning product_id)
  update search.documents d
  set terms = case when c.is_made then array_append(d.terms, $2::text) else array_remove(d.terms, $2::text) end,
    weights = case when c.is_made then array_append(d.weights, 0::smallint) else d.weights[1:cardinality(d.weights) - 1] end
  from (select product_id, true as is_made from made union all select product_id, false from gone) as c
  where d.store_id = $1 and d.product_id = c.product_id and d.locale = ''`;
