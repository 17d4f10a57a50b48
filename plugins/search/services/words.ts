const LONGEST = 40; // letters of a word

/** A text for comparing: small letters without accents, so that `Éclair` is found by `eclair`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđł]/g, (letter) => SPELT[letter]!);
}

const SPELT: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l' };

/** The words of a text in their order, folded; those that say nothing in its language left out. */
export function wordsOf(text: string, locale: string): string[] {
  const silent = SILENT[languageOf(locale)];
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => word.slice(0, LONGEST)).filter((word) => !silent?.has(word));
}

/** What is to be read of HTML. */
export function textOf(html: string): string {
  return html.replace(/<[^>]{0,2000}>/g, ' ').replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{1,31});/gi, ' ');
}

/** The dictionary of PostgreSQL that takes words of a language to their stems; one without keeps them as they are. */
export function dictionaryOf(locale: string): string {
  const stemmer = STEMMERS[languageOf(locale)];
  return stemmer ? `pg_catalog.${stemmer}_stem` : 'pg_catalog.simple';
}

/** Letters that stand for one of ours where a keyboard has none: `kueche` is `Küche`. Undefined where that changes nothing. */
export function withoutUmlauts(word: string, locale: string): string | undefined {
  if (!['de', 'lb'].includes(languageOf(locale))) return undefined;
  const plain = word.replace(/([aou])e/g, '$1');
  return plain === word ? undefined : plain;
}

function languageOf(locale: string): string {
  return locale.slice(0, 2).toLowerCase();
}

const STEMMERS: Readonly<Record<string, string>> = {
  da: 'danish',
  de: 'german',
  en: 'english',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  hu: 'hungarian',
  it: 'italian',
  nl: 'dutch',
  no: 'norwegian',
  nb: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sv: 'swedish',
};

/** The most common ones only: what else a dictionary drops costs a search more, and finds the same. */
const SILENT: Readonly<Record<string, ReadonlySet<string>>> = {
  en: set('a an and are as at be by for from in is it of on or that the this to was with your'),
  fr: set(
    'a au aux avec ce ces cette d dans de des du elle en est et il l la le les leur ne ou par pas pour qu que qui sa se ses son sur un une vous',
  ),
  de: set(
    'als am an auch auf aus bei das dem den der des die ein eine einem einen einer es fur im in ist mit nicht oder sich sie sind und von vor wie wir zu zum zur',
  ),
  lb: set(
    'a als am an ass at auch bei d dat de den der dir e eis en eng engem enger et fir gi gett hir hunn ma mat mir net op oder s si sinn um un vun vum wei zu zum zur',
  ),
};

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
