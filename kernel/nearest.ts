import { closest, distance } from 'fastest-levenshtein';

/** The known word that is most like a wrong one, in words that end a sentence: what the author probably meant. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const words = [...known].sort();
  const near = nearest(word, words);
  if (near) return `did you mean '${near}'?`;
  return words.length === 0 ? 'there is none' : `known are ${words.join(', ')}`;
}

/**
 * The known word that was probably meant.
 *
 * @returns undefined when none differs in at most half of its letters
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const able = [...known].filter((one) => distance(word, one) <= one.length / 2);
  return closest(word, able) || undefined;
}
