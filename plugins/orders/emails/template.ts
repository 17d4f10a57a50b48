import type { MailTemplate } from 'kontor/sdk';
import { sample } from './sample.ts';
import { TABLES, type TableWords } from './pieces.ts';

type Locale = keyof typeof TABLES;
type Text = MailTemplate['texts'][string];

/** Makes a template of words by language, so that all languages and both forms have the same parts. */
export function orderTemplate<Words>(input: {
  code: string;
  title: string;
  words: Readonly<Record<Locale, Words>>;
  make: (words: Words, tables: TableWords) => Text;
  more?: Readonly<Record<string, unknown>>;
}): MailTemplate {
  const { code, title, words, make, more = {} } = input;
  const locales = Object.keys(TABLES) as Locale[];
  const texts = locales.map((locale) => [locale, make(words[locale], TABLES[locale])] as const);
  return { code, title, sample: { ...sample, ...more }, texts: Object.fromEntries(texts) };
}

/** Puts the parts of a mail one below the other. */
export function stack(...parts: string[]): string {
  return parts.filter(Boolean).join('\n');
}

/** The same for text, with a line between. */
export function stackText(...parts: string[]): string {
  return parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join('\n\n');
}
