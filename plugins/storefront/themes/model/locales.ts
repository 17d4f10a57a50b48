import type { Json } from 'kontor/sdk';
import { isObject, readJson } from './lenient-json.ts';

/** Texts of a theme in one language, over those of its default language. */
export type ThemeTexts = {
  readonly locale: string;
  /**
   * The text of a key, with its places as they are: `Hello {{ name }}`.
   *
   * @param count - chooses among `one`, `few`, `many` and so on where a key has them
   * @returns undefined when no language has it
   */
  text(key: string, count?: number): string | undefined;
};

const LOCALE = /^locales\/([\w-]+?)(\.default)?\.json$/;

/**
 * The texts of a theme in a language: those of `fr-CA`, else of `fr`, else of the default language, key by key.
 *
 * @param read - the text of a file by its path
 */
export function themeTexts(input: {
  paths: readonly string[];
  read: (path: string) => string | undefined;
  locale: string;
}): ThemeTexts {
  const files = localeFiles(input.paths);
  const [language] = input.locale.split('-');
  const chain = [input.locale, language, files.fallback].flatMap((one) => {
    const path = one === undefined ? undefined : files.byLocale.get(one.toLowerCase());
    return path === undefined ? [] : path;
  });
  const levels = [...new Set(chain)].map((path) => ({
    words: wordsIn(input.read(path)),
    locale: LOCALE.exec(path)![1]!,
  }));
  return {
    locale: input.locale,
    text(key, count) {
      for (const { words, locale } of levels) {
        const found = wordAt(words, { key, count, locale });
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/** The languages of a theme, and its default one. */
export function localeFiles(paths: readonly string[]) {
  const byLocale = new Map<string, string>();
  let fallback: string | undefined;
  for (const path of paths) {
    const [, locale, isDefault] = LOCALE.exec(path) ?? [];
    if (locale === undefined) continue;
    byLocale.set(locale.toLowerCase(), path);
    if (isDefault) fallback = locale;
  }
  return { byLocale, fallback: fallback ?? (byLocale.has('en') ? 'en' : undefined) };
}

function wordsIn(text: string | undefined): Json {
  const read = text === undefined ? undefined : readJson(text);
  return read?.ok ? read.value : {};
}

function wordAt(
  words: Json,
  { key, count, locale }: { key: string; count: number | undefined; locale: string },
): string | undefined {
  let found: Json | undefined = words;
  for (const step of key.split('.')) {
    found = isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }
  if (isObject(found)) found = pluralOf(found, count, locale);
  return typeof found === 'string' ? found : undefined;
}

/** `zero` is taken for none wherever a theme has it, though few languages would. */
function pluralOf(forms: Record<string, Json>, count: number | undefined, locale: string): Json | undefined {
  if (count === undefined || !Number.isFinite(count)) return undefined;
  if (count === 0 && forms.zero !== undefined) return forms.zero;
  return forms[pluralForm(locale, count)] ?? forms.other;
}

function pluralForm(locale: string, count: number): string {
  try {
    return new Intl.PluralRules(locale).select(count);
  } catch {
    return 'other'; // the name of a file is no language
  }
}
