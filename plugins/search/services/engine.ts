import type { Cradle, SearchEngine } from 'kontor/sdk';
import { indexCollection } from '../actions/index-collection.ts';
import { indexProducts, removeProducts } from '../actions/index-products.ts';
import { tidyProducts, tidyWords } from '../actions/tidy.ts';
import { correct } from './correct.ts';
import { find } from './find.ts';
import { readSettings } from './settings.ts';
import { suggest } from './suggest.ts';

/** The engine that is built in: an inverted index in PostgreSQL, with its dictionaries. */
export function createEngine(services: Cradle): SearchEngine {
  return {
    code: 'postgresql',
    async search(query) {
      const { synonyms, forgivesSlips } = await readSettings(services);
      const found = await find(services, { query, synonyms });
      if (found.total > 0 || !forgivesSlips) return { ...found, corrected: null };
      const corrected = await correct(services, query);
      if (corrected === undefined) return { ...found, corrected: null };
      const { cursor: _, ...first } = query;
      const meant = await find(services, { query: { ...first, text: corrected }, synonyms });
      return meant.total > 0 ? { ...meant, corrected } : { ...found, corrected: null };
    },
    suggest: (text, options) => suggest(services, text, options),
    index: (productIds) => indexProducts(services, productIds),
    remove: (productIds) => removeProducts(services, productIds),
    indexCollection: (collectionId, step) => indexCollection(services, collectionId, step),
    async tidy() {
      await tidyProducts(services);
      await tidyWords(services);
    },
  };
}
