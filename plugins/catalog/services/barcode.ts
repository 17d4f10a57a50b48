const LENGTHS = [8, 12, 13, 14];

/**
 * A GTIN without the spaces and hyphens that people write into it; undefined when it is none. The last digit checks the
 * others: from the right they count 3, 1, 3, 1... and all of them add up to a multiple of ten (GS1).
 */
export function gtin(text: string): string | undefined {
  const digits = text.replace(/[\s-]+/g, '');
  if (!/^\d+$/.test(digits) || !LENGTHS.includes(digits.length)) return undefined;
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0 ? digits : undefined;
}
