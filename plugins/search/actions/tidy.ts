import type { Cradle, Id } from 'kontor/sdk';
import { forgetProducts } from './index-products.ts';

const PIECE = 500;
/** A word of more products is as good as any: counting on would cost and change nothing. */
const MOST_USES = 1000;

/** Takes products out of the index that the catalogue has no more. */
export async function tidyProducts(services: Cradle): Promise<void> {
  const { catalog, database, stores } = services;
  for (let after: Id | undefined = 0; after !== undefined; ) {
    const rows: { id: Id }[] = await database.query(
      'select product_id as id from search.products where store_id = $1 and product_id > $2 order by product_id limit 100',
      [stores.current().id, after],
    );
    const ids = rows.map(({ id }) => id);
    const known = new Set((await catalog.productsById(ids)).map(({ id }) => id));
    const gone = ids.filter((id) => !known.has(id));
    if (gone.length > 0) await forgetProducts(services, gone);
    after = ids.length < 100 ? undefined : ids.at(-1);
  }
}

/** Counts how many products have each word of the vocabulary, and drops what none has. */
export async function tidyWords({ database, stores }: Cradle): Promise<void> {
  for (let after: readonly [string, string] | undefined = ['', '']; after; ) {
    const [row]: { locale: string | null; word: string | null; count: number }[] = await database.query(
      TIDY,
      [stores.current().id, after[0], after[1], PIECE, MOST_USES],
    );
    after = row!.count < PIECE ? undefined : [row!.locale!, row!.word!];
  }
}

const TIDY = `
  with piece as (
    select w.locale, w.word, w.uses, (
      select count(*) from (select from search.postings p where p.store_id = $1 and p.term = w.term limit $5) as few)::int as now
    from search.words w where w.store_id = $1 and (w.locale, w.word) > ($2, $3) order by w.locale, w.word limit $4),
  gone as (
    delete from search.words w using piece
    where piece.now = 0 and w.store_id = $1 and w.locale = piece.locale and w.word = piece.word),
  counted as (
    update search.words w set uses = piece.now from piece
    where piece.now > 0 and piece.now <> piece.uses and w.store_id = $1 and w.locale = piece.locale and w.word = piece.word)
  select (array_agg(locale order by locale desc, word desc))[1] as locale,
    (array_agg(word order by locale desc, word desc))[1] as word, count(*)::int as count from piece`;
