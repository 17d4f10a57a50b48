import type { Product } from 'kontor/sdk';
import { textOf, wordsOf } from './words.ts';

/** What a product is found by in one language. */
export type Document = {
  locale: string;
  title: string;
  /** Folded words with what they weigh. */
  weights: ReadonlyMap<string, number>;
  /** Those among them that may be suggested: not of the description, which holds anything. */
  vocabulary: ReadonlySet<string>;
};

const TITLE = 1000; // less for each word of a long title: what is called just so comes first
const NAME = 300; // vendor, type, tags, options
const CODE = 500; // SKU, barcode
const TEXT = 20; // each time, five times at most
const MOST_WORDS = 400; // of a description: its end is seldom what somebody looks for
const HEAVIEST = 32_000; // what a smallint holds

/** A product in the store's own language, and in each that it has texts of. */
export function documentsOf(product: Product, storeLocale: string): Document[] {
  const { description, options, title, translations } = product;
  const own = { title, description, options };
  const others = Object.entries(translations).filter(
    ([locale, texts]) => locale !== storeLocale && (texts.title || texts.description),
  );
  return [
    documentOf(product, storeLocale, own),
    ...others.map(([locale, texts]) =>
      documentOf(product, locale, {
        title: texts.title || title,
        description: texts.description ?? '',
        options: texts.options ?? options,
      }),
    ),
  ];
}

type Texts = Pick<Product, 'title' | 'description' | 'options'>;

function documentOf(product: Product, locale: string, { title, description, options }: Texts): Document {
  const weights = new Map<string, number>();
  const vocabulary = new Set<string>();
  const add = (words: Iterable<string>, weight: number) => {
    for (const word of words) weights.set(word, Math.min((weights.get(word) ?? 0) + weight, HEAVIEST));
  };
  const { vendor, type, tags, variants } = product;
  const names = [vendor, type, ...tags, ...options.flatMap(({ values }) => values)];
  const inTitle = new Set(wordsOf(title, locale));
  const inNames = new Set(names.flatMap((name) => wordsOf(name, locale)));
  add(inTitle, Math.round(TITLE / (1 + 0.05 * inTitle.size)));
  add(inNames, NAME);
  add(new Set(variants.flatMap(({ sku, barcode }) => wordsOf(`${sku} ${barcode}`, locale))), CODE);
  for (const word of [...inTitle, ...inNames]) if (/\p{L}/u.test(word)) vocabulary.add(word);
  const times = new Map<string, number>();
  for (const word of wordsOf(textOf(description), locale).slice(0, MOST_WORDS))
    times.set(word, Math.min((times.get(word) ?? 0) + 1, 5));
  for (const [word, count] of times) add([word], TEXT * count);
  return { locale, title, weights, vocabulary };
}

/** Between the name of a facet and its value. */
export const PART = '\u001f';

/** The facets a product is counted under, e.g. vendor and `Acme`. */
export function facetsOf({ vendor, type, tags, options }: Product): string[] {
  const pairs = [
    ['vendor', vendor],
    ['type', type],
    ...tags.map((tag) => ['tag', tag]),
    ...options.flatMap(({ name, values }) => values.map((value) => [`option.${name}`, value])),
  ];
  return [...new Set(pairs.filter(([, value]) => value !== '').map((pair) => pair.join(PART)))];
}

/* Terms beside words: what every product has, what is in a collection, what has a facet's value. */
export const EVERYTHING = '*';
export const termOfCollection = (id: number) => `@${id}`;
export const termOfFacet = (facet: string) => `=${facet}`;
