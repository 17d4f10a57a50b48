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
    .map((part) => {
      const [tag = '', weight = '1'] = part.trim().split(/\s*;\s*q=/);
      return { tag, weight: Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .flatMap(({ tag }) => [tag, tag.split('-')[0]!]);
  return wanted.find((tag) => spoken.includes(tag)) ?? house;
}
