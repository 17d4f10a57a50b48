import { listingKey, type ListingQuery } from '../data/wants.ts';
import type { Page } from '../page.ts';
import { pageableOfQuery, sortOptions } from './collection.ts';
import { defineDrop, plainDrop } from './drop.ts';
import { filtersOf } from './facets.ts';
import { listDrop } from './list.ts';
import { narrowedBy, sortOf } from './narrowed.ts';

type Self = { readonly page: Page; readonly text: string };

export const searchDrop = defineDrop<Self>('search', {
  performed: ({ page }) => page.asked.query.has('q'),
  terms: ({ text }) => text,
  results: (self) => listDrop(self.page, pageableOfQuery(self.page, queryOf(self))),
  results_count: (self) => {
    const { page } = self;
    const query = queryOf(self);
    const cut = page.pass.cuts.get(listingKey({ ...query, page: 0, size: 0 })) ?? { page: 1, size: 50 };
    const listing = page.wants.get('listing', listingKey({ ...query, ...cut }));
    return listing ? (listing.total ?? listing.cards.length) : (listing ?? undefined);
  },
  types: () => ['product'],
  filters: (self) => (self.text === '' ? [] : filtersOf(self.page, queryOf(self))),
  sort_options: ({ page }) =>
    sortOptions(page, ['price-ascending', 'price-descending', 'created-descending']),
  sort_by: ({ page }) => page.asked.query.get('sort_by'),
  default_sort_by: () => 'relevance',
});

/** What is found while somebody types. */
export const predictiveDrop = defineDrop<Self & { limit: number }>('predictive_search', {
  performed: ({ text }) => text !== '',
  terms: ({ text }) => text,
  types: () => ['product'],
  resources: ({ page, text, limit }) => {
    const query = { text, sort: 'relevance', page: 1, size: limit, facets: {} };
    const part = text === '' ? undefined : pageableOfQuery(page, query).part({ page: 1, size: limit });
    if (text !== '' && !part) return undefined;
    return plainDrop({ products: part?.items ?? [], collections: [], pages: [], articles: [], queries: [] });
  },
});

/** Products that go with another. */
export const recommendationsDrop = defineDrop<{ page: Page; items: readonly unknown[]; intent: string }>(
  'recommendations',
  {
    'performed?': () => true,
    performed: () => true,
    products: ({ items }) => items,
    products_count: ({ items }) => items.length,
    intent: ({ intent }) => intent,
  },
);

function queryOf({ page, text }: Self): ListingQuery {
  return { text, sort: sortOf(page, 'relevance'), page: 1, size: 50, ...narrowedBy(page) };
}
