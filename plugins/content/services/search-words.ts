import { fold, plain, whole } from './texts.ts';

const LONGEST = 200_000; // letters of all languages; PostgreSQL keeps 1 MB of words
const MOST = 8; // words that somebody looks for

/** What a text is found by: title, then words of it, of every language, as the database splits them. */
export function searchWords(parts: readonly (string | undefined)[]): string {
  const words = parts.flatMap((part) => fold(plain(part ?? '')).match(/[\p{L}\p{N}]+/gu) ?? []);
  return whole(
    words
      .filter((word) => word.length <= 60)
      .join(' ')
      .slice(0, LONGEST),
  );
}

/** A question to the index: every word by its beginning. Empty when there is no word in it. */
export function searchQuery(text: string): string {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)]
    .slice(0, MOST)
    .map((word) => `'${whole(word.slice(0, 60))}':*`)
    .join(' & ');
}
