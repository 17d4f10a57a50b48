import { route } from 'kontor/sdk';
import { searchQuery, suggestQuery } from './search-schemas.ts';

const MINUTE = 60_000; // ms
const forVisitors = {
  surface: 'shop',
  access: 'anyone',
  method: 'GET',
  rateLimit: { max: 600, window: MINUTE },
} as const;

const searchShop = route({
  ...forVisitors,
  path: '/search',
  summary: 'Finds products by words, with facets; no words find everything',
  query: searchQuery,
  async handler({ query: { q = '', facet = [], ...query }, locale }, { search }) {
    const { cards, corrected, facets, next, priceRange, total } = await search.search({
      ...query,
      text: q,
      locale,
      facets: chosen(facet),
    });
    return { items: cards, next, total, facets, priceRange, corrected };
  },
});

const suggestShop = route({
  ...forVisitors,
  path: '/search/suggestions',
  summary: 'What somebody who has typed so far may be looking for',
  query: suggestQuery,
  handler: async ({ query: { q, ...query }, locale }, { search }) => ({
    suggestions: await search.suggest(q, { ...query, locale }),
  }),
});

/** `vendor:Acme` by its name; what stands behind the first colon is the value. */
function chosen(facets: readonly string[]): Record<string, string[]> {
  const pairs = facets.map((facet) => {
    const at = facet.indexOf(':');
    return [facet.slice(0, at), facet.slice(at + 1)] as const;
  });
  const names = new Set(pairs.map(([name]) => name));
  return Object.fromEntries(
    [...names].map((name) => [name, pairs.flatMap(([one, value]) => (one === name ? [value] : []))]),
  );
}

export const shopRoutes = [searchShop, suggestShop];
