const LINE = 255; // letters: room for every index over it
const HANDLE = 200; // letters

/** A text of one line, as people paste it: no control characters, no needless space, 255 letters at most. */
export function line(text: string): string {
  const tidy = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/\s+/g, ' ');
  return whole(tidy.trim().slice(0, LINE)).trim();
}

/** A longer text, with its lines: no other control characters, no space around it. */
export function prose(text: string): string {
  return whole(text)
    .replace(/[^\P{Cc}\n\t]+/gu, '')
    .trim();
}

/** Less the halves of letters that a cut leaves; no database keeps them. */
export function whole(text: string): string {
  return text.replace(/\p{Cs}+/gu, '');
}

/** A text for comparing: small letters without accents, so that `Éclair` is found by `eclair`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđł]/g, (letter) => SPELT[letter]!);
}

const SPELT: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l' };

/** An address made of a text: `Crème brûlée 2 × 100 g` becomes `creme-brulee-2-100-g`. Empty when nothing is left of it. */
export function slug(text: string): string {
  const parts = fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+/, '');
  return whole(parts.slice(0, HANDLE)).replace(/-+$/, '');
}

/** Entries that are no line of text dropped, and those that differ in nothing but capitals. */
export function distinctLines(texts: readonly string[]): string[] {
  const known = new Map<string, string>();
  for (const text of texts.map(line)) if (text !== '' && !known.has(fold(text))) known.set(fold(text), text);
  return [...known.values()];
}
