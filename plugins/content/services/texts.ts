const LINE = 255; // letters
const HANDLE = 120; // letters: what a route takes

/** A text of one line: no control characters, no needless space, 255 letters at most. */
export function line(text: string, longest = LINE): string {
  const tidy = text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();
  return whole(tidy.slice(0, longest)).trim();
}

/** A text with its lines: no other control characters, no space around it. */
export function prose(text: string, longest: number): string {
  return whole(text.replaceAll('\r\n', '\n').replace(/[^\P{Cc}\n\t]+/gu, ''))
    .trim()
    .slice(0, longest);
}

/** Less the halves of letters that a cut leaves; no database keeps them. */
export function whole(text: string): string {
  return text.replace(/\p{Cs}+/gu, '');
}

/** Small letters without accents, so that `Éclair` and `eclair` are the same. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđł]/g, (letter) => SPELT[letter]!);
}

const SPELT: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l' };

/** An address made of a text: `Über uns!` becomes `uber-uns`. Empty when nothing is left of it. */
export function slug(text: string): string {
  const parts = fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+/, '');
  return whole(parts.slice(0, HANDLE)).replace(/-+$/, '');
}

/** What a reader sees of HTML, for search and summaries; only for HTML that was sanitised. */
export function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => LETTERS[name]!)
    .replace(/\s+/g, ' ')
    .trim();
}

const LETTERS: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
};

/** The texts of a language, or of the language without its country. */
export function textsIn<Texts>(all: Readonly<Record<string, Texts>>, locale?: string): Texts | undefined {
  return locale === undefined ? undefined : (all[locale] ?? all[locale.split('-')[0]!]);
}
