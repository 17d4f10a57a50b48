import type { Cradle } from 'kontor/sdk';
import type { Document } from '../services/document.ts';
import { PART } from '../services/document.ts';
import { dictionaryOf } from '../services/words.ts';

/** Adds words to the vocabulary, with their trigrams; those it has already cost nothing but looking. One statement. */
export async function learnWords(
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
  documents: readonly Pick<Document, 'locale' | 'vocabulary'>[],
): Promise<void> {
  const pairs = documents.flatMap(({ locale, vocabulary }) =>
    [...vocabulary].map((word) => locale + PART + word),
  );
  if (pairs.length === 0) return;
  const words = [...new Set(pairs)].map((pair) => pair.split(PART) as [locale: string, word: string]);
  await database.query(LEARN, [
    stores.current().id,
    words.map(([locale]) => locale),
    words.map(([locale]) => dictionaryOf(locale)),
    words.map(([, word]) => word),
  ]);
}

/** In order, so that two who write the same words wait for one another only once. */
const LEARN = `
  with made as (
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
  on conflict (store_id, locale, trigram, word) do nothing`;
