import type { Cradle, Search, SearchEngine } from 'kontor/sdk';
import { createEngine } from './engine.ts';

/** The engine of this platform: one that a plugin brings, else our own. */
export function engineOf(services: Cradle): SearchEngine {
  return services.points.of('searchEngines')[0] ?? createEngine(services);
}

/** Search of the current store, as visitors use it. */
export function createSearch(services: Cradle): Search {
  return {
    async search(query) {
      const answer = await engineOf(services).search(query);
      const { productIds: ids } = answer;
      if (ids.length === 0) return { ...answer, cards: [] };
      const { locale } = query;
      const { cards } = await services.catalog.cards({
        ids,
        isVisible: true,
        ...(locale === undefined ? {} : { locale }),
      });
      return { ...answer, cards };
    },
    suggest: (text, options = {}) => engineOf(services).suggest(text, options),
  };
}
