import type { Cradle, SearchQuery } from 'kontor/sdk';
import { askedWords, localesOf } from './ask.ts';
import { distance, slipsIn, trigramsOf } from './distance.ts';

type Candidate = { asked: number; word: string; uses: number; shared: number };

/** Words of the vocabulary looked at for one that is not in it. */
const LOOKED_AT = 30;

/**
 * The search as it was probably meant: each word that no product has becomes the nearest that some have. One statement.
 *
 * @returns undefined when there is nothing nearer
 */
export async function correct({ database, stores }: Cradle, query: SearchQuery): Promise<string | undefined> {
  const store = stores.current();
  const locales = localesOf(query, store);
  const words = askedWords(query.text, locales);
  const grams = words.flatMap((word, asked) =>
    slipsIn(word) === 0 ? [] : trigramsOf(word).map((gram) => ({ asked, gram })),
  );
  if (grams.length === 0) return undefined;
  const rows = await database.read<Candidate>('correct', NEAR, [
    store.id,
    locales,
    grams.map(({ asked }) => asked),
    grams.map(({ gram }) => gram),
    LOOKED_AT,
  ]);
  const meant = words.map((word, asked) =>
    nearest(
      word,
      rows.filter((row) => row.asked === asked),
    ),
  );
  const text = meant.join(' ');
  return text === words.join(' ') ? undefined : text;
}

/** Fewest slips first, then whatever most products have. */
function nearest(word: string, candidates: readonly Candidate[]): string {
  if (candidates.some((one) => one.word === word)) return word;
  const most = slipsIn(word);
  const [best] = candidates
    .map((one) => ({ ...one, slips: distance(word, one.word, most) }))
    .filter(({ slips }) => slips <= most)
    .sort((a, b) => a.slips - b.slips || b.uses - a.uses || b.shared - a.shared);
  return best?.word ?? word;
}

const NEAR = `
  with asked as (select * from unnest($3::int[], $4::text[]) as a (asked, trigram)),
  words as (select distinct asked from asked)
  select words.asked, near.word, near.shared::int as shared, w.uses
  from words cross join lateral (
    select t.locale, t.word, count(*) as shared from search.trigrams t
    where t.store_id = $1 and t.locale = any($2) and t.trigram = any(array(select trigram from asked where asked.asked = words.asked))
    group by t.locale, t.word order by shared desc, abs(length(t.word) - (select count(*) from asked where asked.asked = words.asked)), t.word limit $5) near
  join search.words w on w.store_id = $1 and w.locale = near.locale and w.word = near.word`;
