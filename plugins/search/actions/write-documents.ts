import type { Cradle, Id, Product } from 'kontor/sdk';
import {
  type Document,
  documentsOf,
  EVERYTHING,
  facetsOf,
  termOfCollection,
  termOfFacet,
} from '../services/document.ts';
import { dictionaryOf } from '../services/words.ts';
import { learnWords } from './learn-words.ts';

type Needs = Pick<Cradle, 'database' | 'stores'>;
/** A document as it is kept: its terms in order, each with what it weighs. Language '' has what is no word: collections, facets. */
type Kept = { productId: Id; locale: string; title: string; terms: string[]; weights: number[] };
type Facts = { productId: Id; minAmount: number; maxAmount: number };
type Posting = { productId: Id; term: string; weight: number };

/**
 * Brings the index of some products up to date in the caller's transaction, which holds them locked. Four statements,
 * however many; three when nothing has changed, as only what changes is written.
 */
export async function writeDocuments(services: Needs, products: readonly Product[]): Promise<void> {
  const { database, stores } = services;
  const { id: storeId, locale: storeLocale } = stores.current();
  const ids = products.map(({ id }) => id);
  const documents = products.flatMap((product) =>
    documentsOf(product, storeLocale).map((document) => ({ ...document, productId: product.id })),
  );
  const next = [...(await lexed(services, documents)), ...products.map(literalsOf)];
  const old = await database.query<Kept>(
    `select product_id as "productId", locale, title, to_json(terms) as terms, to_json(weights) as weights
     from search.documents where store_id = $1 and product_id = any($2)`,
    [storeId, ids],
  );
  const before = new Map(old.map((one) => [keyOf(one), one]));
  const now = new Set(next.map(keyOf));
  const changed = next.filter((one) => JSON.stringify(one) !== JSON.stringify(before.get(keyOf(one))));
  const dropped = old.filter((one) => !now.has(keyOf(one)));
  const [gone, made] = difference(
    [...changed.flatMap((one) => before.get(keyOf(one)) ?? []), ...dropped],
    changed,
  );
  await database.query(WRITE, [
    storeId,
    ...arraysOf(gone),
    ...arraysOf(made),
    dropped.map(({ productId }) => productId),
    dropped.map(({ locale }) => locale),
    JSON.stringify(changed),
    JSON.stringify(products.map(factsOf)),
  ]);
  const isChanged = new Set(changed.map(keyOf));
  await learnWords(
    services,
    documents.filter((one) => isChanged.has(keyOf(one))),
  );
}

/** The stems of all words, by the dictionaries of PostgreSQL. */
async function lexed(
  { database }: Needs,
  documents: readonly (Document & { productId: Id })[],
): Promise<Kept[]> {
  const words = documents.flatMap(({ locale, weights }, place) =>
    [...weights].map(([word, weight]) => ({ place, locale, word, weight })),
  );
  const rows = await database.query<{ place: number; terms: string[]; weights: number[] }>(LEX, [
    words.map(({ place }) => place),
    words.map(({ locale }) => locale),
    words.map(({ locale }) => dictionaryOf(locale)),
    words.map(({ word }) => word),
    words.map(({ weight }) => weight),
  ]);
  const byPlace = new Map(rows.map(({ place, terms, weights }) => [place, { terms, weights }]));
  return documents.map(({ productId, locale, title }, place) => ({
    productId,
    locale,
    title,
    ...(byPlace.get(place) ?? { terms: [], weights: [] }),
  }));
}

function literalsOf(product: Product): Kept {
  const terms = [
    EVERYTHING,
    ...product.collectionIds.map(termOfCollection),
    ...facetsOf(product).map(termOfFacet),
  ];
  return { productId: product.id, locale: '', title: '', terms, weights: terms.map(() => 0) };
}

function factsOf(product: Product): Facts {
  const amounts = product.variants.map(({ amount }) => amount);
  return {
    productId: product.id,
    minAmount: Math.min(...amounts),
    maxAmount: Math.max(...amounts),
  };
}

/** Postings that only the one or only the other has. */
function difference(before: readonly Kept[], after: readonly Kept[]): [gone: Posting[], made: Posting[]] {
  const [old, next] = [postingsOf(before), postingsOf(after)];
  return [missingIn(next, old), missingIn(old, next)];
}

function missingIn(there: ReadonlyMap<string, Posting>, some: ReadonlyMap<string, Posting>): Posting[] {
  return [...some].filter(([key]) => !there.has(key)).map(([, posting]) => posting);
}

function postingsOf(documents: readonly Kept[]): Map<string, Posting> {
  return new Map(
    documents.flatMap(({ productId, terms, weights }) =>
      terms.map((term, index) => {
        const weight = weights[index]!;
        return [`${productId} ${weight} ${term}`, { productId, term, weight }] as const;
      }),
    ),
  );
}

function arraysOf(postings: readonly Posting[]): unknown[] {
  return [
    postings.map(({ productId }) => productId),
    postings.map(({ term }) => term),
    postings.map(({ weight }) => weight),
  ];
}

function keyOf({ productId, locale }: { productId: Id; locale: string }): string {
  return `${productId} ${locale}`;
}

const LEX = `
  select place, json_agg(term order by term) as terms, json_agg(weight order by term) as weights
  from (
    select g.place, g.locale || ':' || l.lexeme collate "C" as term, least(sum(g.weight), 32000) as weight
    from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::int[]) as g (place, locale, dictionary, word, weight)
      cross join lateral unnest(ts_lexize(g.dictionary::regdictionary, g.word)) as l (lexeme)
    group by 1, 2) as lexed
  group by place`;

const WRITE = `
  with gone as (
    delete from search.postings p using unnest($2::bigint[], $3::text[], $4::smallint[]) as g (product_id, term, weight)
    where p.store_id = $1 and p.term = g.term and p.product_id = g.product_id and p.weight = g.weight),
  made as (
    insert into search.postings (store_id, product_id, term, weight)
    select $1, m.product_id, m.term, m.weight from unnest($5::bigint[], $6::text[], $7::smallint[]) as m (product_id, term, weight)
    on conflict (store_id, term, product_id, weight) do nothing),
  dropped as (
    delete from search.documents d using unnest($8::bigint[], $9::text[]) as x (product_id, locale)
    where d.store_id = $1 and d.product_id = x.product_id and d.locale = x.locale),
  facts as (
    update search.products p set min_amount = f."minAmount", max_amount = f."maxAmount"
    from jsonb_to_recordset($11::jsonb) as f ("productId" bigint, "minAmount" bigint, "maxAmount" bigint)
    where p.store_id = $1 and p.product_id = f."productId"
      and (p.min_amount, p.max_amount) is distinct from (f."minAmount", f."maxAmount"))
  insert into search.documents (store_id, product_id, locale, title, terms, weights)
  select $1, c."productId", c.locale, c.title, c.terms, c.weights
  from jsonb_to_recordset($10::jsonb) as c ("productId" bigint, locale text, title text, terms text[], weights smallint[])
  on conflict (store_id, product_id, locale) do update
    set title = excluded.title, terms = excluded.terms, weights = excluded.weights`;
