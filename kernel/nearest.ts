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
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(word, candidate);
    if (distance <= candidate.length / 2 && distance < (best?.distance ?? Infinity)) {
      best = { word: candidate, distance };
    }
  }
  return best?.word;
}

/** How many letters have to be put in, taken out or replaced. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = row[column - 1]! + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[column]! + 1, next[column - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
