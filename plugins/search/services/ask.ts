import type { SearchQuery, StoreRef } from 'kontor/sdk';
import { EVERYTHING, PART, termOfCollection, termOfFacet } from './document.ts';
import type { Group } from './find-statement.ts';
import { dictionaryOf, withoutUmlauts, wordsOf } from './words.ts';

/** A search made into what the statement takes. */
export type Asked = {
  groups: Group[];
  words: { word: string; group: number; prefix: string; dictionary: string }[];
  terms: { term: string; group: number }[];
};

/** Words that mean the same to a store, each set for searches in every language. */
export type Synonyms = readonly (readonly string[])[];

const MOST_WORDS = 8; // of a search; what comes behind is left out
const MOST_FACETS = 5;
const MOST_VALUES = 50;
/** Facets that a product has one value of. */
const ONE_EACH: readonly (string | undefined)[] = ['vendor', 'type'];
const MOST_ALTERNATIVES = 12;

/** The languages a search is made in: the visitor's, and the store's own, which every product has. */
export function localesOf({ locale }: Pick<SearchQuery, 'locale'>, store: StoreRef): string[] {
  return [...new Set([locale && store.locales.includes(locale) ? locale : store.locale, store.locale])];
}

/** The words of a search, each once. */
export function askedWords(text: string, locales: readonly string[]): string[] {
  return [...new Set(wordsOf(text, locales[0]!))].slice(0, MOST_WORDS);
}

/** @returns undefined for words that no product can have: signs only, or none but silent ones */
export function ask(
  query: SearchQuery,
  { locales, synonyms }: { locales: readonly string[]; synonyms: Synonyms },
): Asked | undefined {
  const asked: Asked = { groups: [], words: [], terms: [] };
  const words = askedWords(query.text, locales);
  if (words.length === 0 && query.text.trim() !== '') return undefined;
  for (const word of words) addWord(asked, { word, locales, synonyms });
  if (query.collectionId !== undefined) addTerms(asked, [termOfCollection(query.collectionId)]);
  for (const [facet, values] of Object.entries(query.facets ?? {}).slice(0, MOST_FACETS))
    if (values.length > 0)
      addTerms(
        asked,
        values.slice(0, MOST_VALUES).map((value) => termOfFacet(facet + PART + value)),
        facet,
      );
  // Something must be left when the facet that is counted is taken away.
  if (asked.groups.every(({ facet }) => facet !== undefined) && asked.groups.length < 2)
    addTerms(asked, [EVERYTHING]);
  return asked;
}

function addTerms({ groups, terms }: Asked, some: readonly string[], facet?: string): void {
  for (const term of some) terms.push({ term, group: groups.length });
  const isWide = some.length > 1 && !ONE_EACH.includes(facet);
  groups.push({ isWide, ...(facet === undefined ? {} : { facet }) });
}

function addWord(
  { groups, words }: Asked,
  { word, locales, synonyms }: { word: string; locales: readonly string[]; synonyms: Synonyms },
): void {
  const others = synonyms.filter((set) => set.includes(word)).flat();
  const group = groups.length;
  for (const locale of locales) {
    const spelt = [word, withoutUmlauts(word, locale), ...others].filter((one) => one !== undefined);
    for (const one of [...new Set(spelt)].slice(0, MOST_ALTERNATIVES))
      words.push({ word: one, group, prefix: `${locale}:`, dictionary: dictionaryOf(locale) });
  }
  groups.push({ isWide: words.filter((one) => one.group === group).length > 1 });
}
