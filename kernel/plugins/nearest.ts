/** The known name that is most like a wrong one, in words that end a sentence: what the author probably meant. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const names = [...known];
  const near = nearest(name, names);
  if (near) {
    return `did you mean '${near}'?`;
  }
  return names.length === 0 ? 'there is none' : `known are ${names.sort().join(', ')}`;
}

function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known.map((other) => ({ other, far: distance(name.toLowerCase(), other.toLowerCase()) }));
  const best = ranked.sort((a, b) => a.far - b.far)[0];
  // A third of the letters wrong is a slip, more is another word.
  return best && best.far <= Math.ceil(name.length / 3) ? best.other : undefined;
}

/** Letters to add, take away or change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
