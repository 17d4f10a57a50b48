import type { Cradle, Id } from 'kontor/sdk';
import { localesOf } from './ask.ts';
import { dictionaryOf, fold, wordsOf } from './words.ts';

export type Suggestion = { text: string; productId: Id | null };

const USUAL = 8;
const MOST = 20;
const ENDINGS = 8; // ways in which the last word may go on
const LOOKED_AT = 5000; // products that have a word which begins so: more would change little
const LAST_LETTER = '\u{10ffff}'; // no word goes on with it

/**
 * What somebody who has typed so far may be looking for: how the last word goes on, then products that have it all. One
 * statement.
 */
export async function suggest(
  { database, stores }: Cradle,
  text: string,
  { locale, limit = USUAL }: { locale?: string; limit?: number },
): Promise<Suggestion[]> {
  const store = stores.current();
  const locales = localesOf(locale === undefined ? {} : { locale }, store);
  const typed = fold(text.slice(0, 200)).trimStart();
  const begun = /[\p{L}\p{N}]+$/u.exec(typed)?.[0] ?? '';
  if (begun === '') return [];
  const before = typed.slice(0, typed.length - begun.length);
  const words = wordsOf(before, locales[0]!).slice(-4);
  const pairs = words.flatMap((word) => locales.map((one) => ({ word, locale: one })));
  const most = Math.min(limit, MOST);
  const [row] = await database.read<{ endings: string[]; products: { title: string; id: Id }[] }>(
    'suggest',
    SUGGEST,
    [
      store.id,
      locales,
      begun,
      begun + LAST_LETTER,
      ENDINGS,
      pairs.map(({ word }) => words.indexOf(word)),
      pairs.map(({ locale: one }) => `${one}:`),
      pairs.map(({ locale: one }) => dictionaryOf(one)),
      pairs.map(({ word }) => word),
      words.length,
      most,
    ],
  );
  const { endings, products } = row!;
  const texts = [...new Set(endings.map((ending) => `${before.trim()} ${ending}`.trim()))];
  const ofTexts = texts.slice(0, Math.max(Math.ceil(most / 2), most - products.length));
  return [
    ...ofTexts.map((one) => ({ text: one, productId: null })),
    ...products.slice(0, most - ofTexts.length).map(({ title, id }) => ({ text: title, productId: id })),
  ];
}

const SUGGEST = `
  with endings as materialized (
    select w.word, w.term, w.uses from search.words w
    where w.store_id = $1 and w.locale = any($2) and w.word >= $3 and w.word < $4 order by w.uses desc, w.word limit $5),
  asked as materialized (
    select a.grp, a.prefix || l.lexeme as term
    from unnest($6::int[], $7::text[], $8::text[], $9::text[]) as a (grp, prefix, dictionary, word)
      cross join lateral unnest(ts_lexize(a.dictionary::regdictionary, a.word)) as l (lexeme)),
  before as materialized (
    select p.product_id from asked a join search.postings p on p.store_id = $1 and p.term = a.term
    group by p.product_id having count(distinct a.grp) = $10::int),
  begun as (
    select p.product_id, p.weight from search.postings p
    where p.store_id = $1 and p.term = any(array(select term from endings))),
  found as (
    select product_id, max(weight) as weight from (
      (select product_id, weight from begun where $10::int = 0 limit ${LOOKED_AT})
      union all
      (select begun.product_id, begun.weight from before join begun on begun.product_id = before.product_id limit ${LOOKED_AT})) as either
    group by product_id order by weight desc, product_id desc limit $11)
  select (select coalesce(json_agg(word order by uses desc, word), '[]') from endings) as endings,
    (select coalesce(json_agg(json_build_object('id', found.product_id, 'title', d.title) order by found.weight desc, found.product_id desc), '[]')
     from found join search.documents d on d.store_id = $1 and d.product_id = found.product_id and d.locale = (
       select x.locale from search.documents x where x.store_id = $1 and x.product_id = found.product_id and x.locale = any($2)
       order by array_position($2, x.locale) limit 1)) as products`;
