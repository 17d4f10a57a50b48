import type { Cradle, Id, Product } from 'kontor/sdk';
import { writeDocuments } from './write-documents.ts';

/** Products written in one transaction. */
const PIECE = 100;

/**
 * Brings the index up to date with what the catalogue has of these products now. Those that a visitor cannot see leave it;
 * one that will be seen, or will be no more, comes again when the time is there.
 */
export async function indexProducts(services: Cradle, productIds: readonly Id[]): Promise<void> {
  const ids = [...new Set(productIds)].sort((a, b) => a - b);
  for (let at = 0; at < ids.length; at += PIECE) await indexPiece(services, ids.slice(at, at + PIECE));
}

async function indexPiece(services: Cradle, ids: readonly Id[]): Promise<void> {
  const { catalog, clock, database, stores } = services;
  const storeId = stores.current().id;
  await database.transaction(async () => {
    // Locked before they are read: whoever comes second reads what is newer.
    await database.query(
      `insert into search.products (store_id, product_id) select $1, p.id from unnest($2::bigint[]) as p (id) order by p.id
       on conflict (store_id, product_id) do nothing`,
      [storeId, ids],
    );
    await lockProducts(services, ids);
    const now = clock.now();
    const products = await catalog.productsById(ids);
    const seen = products.filter((product) => isSeen(product, now));
    const gone = ids.filter((id) => !seen.some((product) => product.id === id));
    if (seen.length > 0) await writeDocuments(services, seen);
    if (gone.length > 0) await forgetProducts(services, gone);
    for (const [time, due] of comingChanges(products, now))
      await services.jobs.send(
        'search.index-products',
        { productIds: due },
        { runAt: new Date(time), key: `at:${time}:${due[0]}` },
      );
  });
}

/** In order, so that two that need the same ones wait for one another only once. */
export async function lockProducts({ database, stores }: Cradle, ids: readonly Id[]): Promise<void> {
  await database.query(
    `select product_id from search.products where store_id = $1 and product_id = any($2)
     order by product_id for no key update`,
    [stores.current().id, ids],
  );
}

export async function removeProducts(services: Cradle, ids: readonly Id[]): Promise<void> {
  await services.database.transaction(async () => {
    await lockProducts(services, ids);
    await forgetProducts(services, ids);
  });
}

/** Takes products out of the index. One statement. */
export async function forgetProducts({ database, stores }: Cradle, ids: readonly Id[]): Promise<void> {
  await database.query(
    `with old as (
       select d.product_id, o.term, o.weight
       from search.documents d cross join lateral unnest(d.terms, d.weights) as o (term, weight)
       where d.store_id = $1 and d.product_id = any($2)),
     gone as (
       delete from search.postings p using old o
       where p.store_id = $1 and p.term = o.term and p.product_id = o.product_id and p.weight = o.weight)
     delete from search.products where store_id = $1 and product_id = any($2)`,
    [stores.current().id, ids],
  );
}

function isSeen({ state, publishAt, unpublishAt, variants }: Product, now: Date): boolean {
  const isOut = publishAt !== null && publishAt <= now && (unpublishAt === null || unpublishAt > now);
  return state === 'active' && isOut && variants.length > 0;
}

/** When some of them are to be looked at again: a plan for each moment, not for each product. */
function comingChanges(products: readonly Product[], now: Date): Map<number, Id[]> {
  const due = new Map<number, Id[]>();
  for (const { id, state, publishAt, unpublishAt } of products) {
    const next = [publishAt, unpublishAt].find((time) => time !== null && time > now);
    if (state === 'active' && next) due.set(next.getTime(), [...(due.get(next.getTime()) ?? []), id]);
  }
  return due;
}
