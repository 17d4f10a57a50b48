/**
 * The language of an answer: the person's own, else the first of the browser's that is spoken here, else the house's.
 *
 * @param spoken - languages of the store, or of the platform
 */
export function chooseLocale(input: {
  own: string | undefined;
  accept: string | undefined;
  spoken: readonly string[];
  house: string;
}): string {
  const { own, accept, spoken, house } = input;
  if (own !== undefined && spoken.includes(own)) return own;
  if (accept === undefined || spoken.length < 2) return house;
  const wanted = accept
    .slice(0, 200)
    .split(',')
    .map((part, index) => {
      const [tag = '', q] = part.trim().split(/\s*;\s*q=/);
      return { tag, weight: q === undefined ? 1 : Number(q), index };
    })
    .sort((a, b) => b.weight - a.weight || a.index - b.index);
  for (const { tag, weight } of wanted) {
    const match =
      spoken.find((locale) => locale === tag) ?? spoken.find((locale) => locale === tag.split('-')[0]);
    if (match && weight > 0) return match;
  }
  return house;
}
