/** What a pattern is made of once blanks, hyphens and small letters are gone. */
const PATTERN = /^[A-Z0-9?]{1,12}\*?$|^\*$/;
const RANGE = /^(\d{1,10})\.\.(\d{1,10})$/;

/** Whether it is a pattern of postal codes: `L-1*`, `12??`, `1000..1999`. */
export function isPostalPattern(text: string): boolean {
  const pattern = plain(text);
  const range = RANGE.exec(pattern);
  return range ? Number(range[1]) <= Number(range[2]) : PATTERN.test(pattern);
}

/**
 * Whether a postal code fits one of the patterns; every code does when there are none. A country's letters in front
 * (`L-1234`) do not matter on either side.
 */
export function fitsPostalCodes(patterns: readonly string[], postalCode: string | undefined): boolean {
  if (patterns.length === 0) return true;
  if (postalCode === undefined) return false;
  const code = plain(postalCode);
  return code !== '' && patterns.some((pattern) => fits(plain(pattern), code));
}

function plain(text: string): string {
  return text
    .toUpperCase()
    .replace(/^\s*[A-Z]{1,3}-/, '')
    .replaceAll(/[\s-]/g, '');
}

function fits(pattern: string, code: string): boolean {
  const range = RANGE.exec(pattern);
  if (range)
    return /^\d{1,10}$/.test(code) && Number(range[1]) <= Number(code) && Number(code) <= Number(range[2]);
  const isPrefix = pattern.endsWith('*');
  const letters = isPrefix ? pattern.slice(0, -1) : pattern;
  if (isPrefix ? code.length < letters.length : code.length !== letters.length) return false;
  return [...letters].every((letter, at) => letter === '?' || letter === code[at]);
}
