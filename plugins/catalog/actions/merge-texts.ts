import type { Product, ProductTexts } from 'kontor/sdk';
import { sanitise } from '../services/sanitise.ts';
import { line, prose, slug } from '../services/texts.ts';

type Translations = Product['translations'];
type Options = Product['options'];

/**
 * The translations after a change: a text given replaces its own, an empty one takes it away, and one left out stays. Names
 * and values of options stay with what they translate when that moves.
 */
export function mergeTranslations(input: {
  before: { translations: Translations; options: Options } | undefined;
  change: Translations | undefined;
  options: Options;
}): Translations {
  const { before = { translations: {}, options: [] }, change = {}, options } = input;
  const locales = [...new Set([...Object.keys(before.translations), ...Object.keys(change)])].sort();
  const merged = locales.map((locale): [string, ProductTexts] => {
    const [old, given] = [before.translations[locale] ?? {}, change[locale] ?? {}];
    const moved = old.options && movedOptions(old.options, before.options, options);
    return [locale, compact({ old, given, options: alignedOptions(given.options ?? moved, options) })];
  });
  return Object.fromEntries(merged.filter(([, texts]) => Object.keys(texts).length > 0));
}

function compact({
  old,
  given,
  options,
}: {
  old: ProductTexts;
  given: ProductTexts;
  options: ProductTexts['options'];
}): ProductTexts {
  const title = given.title === undefined ? old.title : line(given.title);
  const description = given.description === undefined ? old.description : sanitise(given.description);
  const handle = given.handle === undefined ? old.handle : slug(given.handle);
  const seo = {
    ...withWords('title', given.seo?.title === undefined ? old.seo?.title : line(given.seo.title)),
    ...withWords(
      'description',
      given.seo?.description === undefined ? old.seo?.description : prose(given.seo.description),
    ),
  };
  return {
    ...withWords('title', title),
    ...withWords('description', description),
    ...(Object.keys(seo).length > 0 ? { seo } : {}),
    ...withWords('handle', handle),
    ...(options ? { options } : {}),
  };
}

function withWords<Name extends string>(name: Name, text: string | undefined): { [Key in Name]?: string } {
  return (text ? { [name]: text } : {}) as { [Key in Name]?: string };
}

/** The words of options that may have got other values, or another order. */
function movedOptions(texts: Options, before: Options, after: Options): Options {
  return after.map(({ name, values }, at) => {
    const known = before.findIndex((option) => option.name === name);
    const place = known === -1 ? at : known;
    const translated = (value: string) =>
      texts[place]?.values[before[place]?.values.indexOf(value) ?? -1] ?? '';
    return { name: texts[place]?.name ?? '', values: values.map(translated) };
  });
}

/** A name and as many values as the option has; undefined when there is not one word. */
function alignedOptions(texts: ProductTexts['options'], options: Options): ProductTexts['options'] {
  const aligned = options.map(({ values }, at) => ({
    name: line(texts?.[at]?.name ?? ''),
    values: values.map((_, place) => line(texts?.[at]?.values[place] ?? '')),
  }));
  const hasWords = aligned.some(({ name, values }) => name !== '' || values.some((value) => value !== ''));
  return hasWords ? aligned : undefined;
}
