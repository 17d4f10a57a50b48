import type { Cradle, Product } from 'kontor/sdk';
import {
  documentsOf,
  EVERYTHING,
  facetsOf,
  PART,
  termOfCollection,
  termOfFacet,
} from '../services/document.ts';
import { dictionaryOf } from '../services/words.ts';

/**
 * Brings the index of some products up to date in the caller's transaction, which holds them locked. Two statements, however
 * many; only what changes is written.
 */
export async function writeDocuments(services: Cradle, products: readonly Product[]): Promise<void> {
  const { database, stores } = services;
  const { id: storeId, locale: storeLocale } = stores.current();
  const documents = products.flatMap((product) =>
    documentsOf(product, storeLocale).map((document) => ({ ...document, productId: product.id })),
  );
  const words = documents.flatMap(({ productId, locale, weights }) =>
    [...weights].map(([word, weight]) => ({ productId, locale, word, weight })),
  );
  const literals = products.flatMap((product) =>
    [EVERYTHING, ...product.collectionIds.map(termOfCollection), ...facetsOf(product).map(termOfFacet)].map(
      (term) => ({ productId: product.id, term }),
    ),
  );
  const amounts = products.map(({ variants }) => variants.map(({ amount }) => amount));
  await database.query(WRITE, [
    storeId,
    products.map(({ id }) => id),
    words.map(({ productId }) => productId),
    words.map(({ locale }) => locale),
    words.map(({ locale }) => dictionaryOf(locale)),
    words.map(({ word }) => word),
    words.map(({ weight }) => weight),
    literals.map(({ productId }) => productId),
    literals.map(({ term }) => term),
    documents.map(({ productId }) => productId),
    documents.map(({ locale }) => locale),
    documents.map(({ title }) => title),
    amounts.map((all) => Math.min(...all)),
    amounts.map((all) => Math.max(...all)),
    products.map((product) => facetsOf(product).join(LINE)),
  ]);
  await writeWords(services, documents);
}

const LINE = '\u001e'; // between facets; no text of a product has one

/** New words, and their trigrams. In order, so that two who write the same words wait for one another only once. */
async function writeWords(
  { database, stores }: Cradle,
  documents: readonly { locale: string; vocabulary: ReadonlySet<string> }[],
): Promise<void> {
  const pairs = documents.flatMap(({ locale, vocabulary }) =>
    [...vocabulary].map((word) => locale + PART + word),
  );
  const words = [...new Set(pairs)].map((pair) => pair.split(PART) as [locale: string, word: string]);
  await database.query(
    `with made as (
       insert into search.words (store_id, locale, word, term)
       select $1, w.locale, w.word, w.locale || ':' || (ts_lexize(w.dictionary::regdictionary, w.word))[1]
       from unnest($2::text[], $3::text[], $4::text[]) as w (locale, dictionary, word)
       where ts_lexize(w.dictionary::regdictionary, w.word) <> '{}'
         and not exists (select from search.words k where k.store_id = $1 and k.locale = w.locale and k.word = w.word)
       order by w.locale, w.word
       on conflict (store_id, locale, word) do nothing returning locale, word)
     insert into search.trigrams (store_id, locale, trigram, word)
     select $1, made.locale, substr('  ' || made.word || ' ', s.at, 3), made.word
     from made cross join lateral generate_series(1, length(made.word) + 1) as s (at)
     on conflict (store_id, locale, trigram, word) do nothing`,
    [
      stores.current().id,
      words.map(([locale]) => locale),
      words.map(([locale]) => dictionaryOf(locale)),
      words.map(([, word]) => word),
    ],
  );
}

const WRITE = `
  with lexed as (
    select g.product_id, g.locale, g.locale || ':' || l.lexeme as term, least(sum(g.weight), 32000)::smallint as weight
    from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::int[]) as g (product_id, locale, dictionary, word, weight)
      cross join lateral unnest(ts_lexize(g.dictionary::regdictionary, g.word)) as l (lexeme)
    group by 1, 2, 3
    union all
    select product_id, '', term, 0::smallint from unnest($8::bigint[], $9::text[]) as t (product_id, term)),
  titles as (
    select * from unnest($10::bigint[], $11::text[], $12::text[]) as t (product_id, locale, title)
    union all select product_id, '', '' from unnest($2::bigint[]) as t (product_id)),
  next as (
    select t.product_id, t.locale, t.title, coalesce(array_agg(l.term order by l.term) filter (where l.term is not null), '{}') as terms,
      coalesce(array_agg(l.weight order by l.term) filter (where l.term is not null), '{}') as weights
    from titles t left join lexed l on l.product_id = t.product_id and l.locale = t.locale
    group by t.product_id, t.locale, t.title),
  old as (
    select d.product_id, d.locale, o.term, o.weight
    from search.documents d cross join lateral unnest(d.terms, d.weights) as o (term, weight)
    where d.store_id = $1 and d.product_id = any($2)),
  gone as (
    delete from search.postings p using old o
    where p.store_id = $1 and p.term = o.term and p.product_id = o.product_id and p.weight = o.weight
      and not exists (select from lexed l where l.product_id = o.product_id and l.term = o.term and l.weight = o.weight)),
  made as (
    insert into search.postings (store_id, term, product_id, weight)
    select $1, l.term, l.product_id, l.weight from lexed l
    where not exists (select from old o where o.product_id = l.product_id and o.term = l.term and o.weight = l.weight)
    on conflict (store_id, term, product_id, weight) do nothing),
  dropped as (
    delete from search.documents d where d.store_id = $1 and d.product_id = any($2)
      and not exists (select from next n where n.product_id = d.product_id and n.locale = d.locale)),
  given as (
    select product_id, min_amount, max_amount, case when facets = '' then '{}' else string_to_array(facets, '${LINE}') end as facets
    from unnest($2::bigint[], $13::bigint[], $14::bigint[], $15::text[]) as f (product_id, min_amount, max_amount, facets)),
  facts as (
    update search.products p set min_amount = g.min_amount, max_amount = g.max_amount, facets = g.facets from given g
    where p.store_id = $1 and p.product_id = g.product_id
      and (p.min_amount, p.max_amount, p.facets) is distinct from (g.min_amount, g.max_amount, g.facets))
  insert into search.documents (store_id, product_id, locale, title, terms, weights)
  select $1, n.product_id, n.locale, n.title, n.terms, n.weights from next n
  on conflict (store_id, product_id, locale) do update
    set title = excluded.title, terms = excluded.terms, weights = excluded.weights
    where (documents.title, documents.terms, documents.weights) is distinct from (excluded.title, excluded.terms, excluded.weights)`;
