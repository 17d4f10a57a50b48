import type { Id } from 'kontor/sdk';

declare module 'kontor/sdk' {
  interface SearchQuery {
    readonly text: string;
    readonly locale?: string;
    readonly collectionId?: Id;
    /** Facet to chosen values, e.g. `{ vendor: ['Acme'], 'option.Size': ['M', 'L'] }`. */
    readonly facets?: Readonly<Record<string, readonly string[]>>;
    readonly minAmount?: number;
    readonly maxAmount?: number;
    readonly sort?: 'relevance' | 'price' | '-price' | 'newest';
    readonly cursor?: string;
    readonly limit?: number;
  }

  interface SearchAnswer {
    readonly productIds: readonly Id[];
    readonly total: number;
    readonly next: string | null;
    readonly facets: readonly {
      readonly name: string;
      readonly values: readonly { readonly value: string; readonly count: number }[];
    }[];
    /** Lowest and highest price of what was found; null when nothing was. */
    readonly priceRange: { readonly minAmount: number; readonly maxAmount: number } | null;
    /** What was searched instead when the words as typed found nothing. */
    readonly corrected: string | null;
  }

  /** An engine behind the search; PostgreSQL is built in. The first one at the point `searchEngines` wins. */
  interface SearchEngine {
    readonly code: string;
    search(query: SearchQuery): Promise<SearchAnswer>;
    suggest(
      text: string,
      options: { locale?: string; limit?: number },
    ): Promise<readonly { text: string; productId: Id | null }[]>;
    /** Looks at these products again: what they are now, or that they are gone. */
    index(productIds: readonly Id[]): Promise<void>;
    /** The members of a collection changed. `step` is told how much of it is done, 0 to 100, and may throw to stop. */
    indexCollection(collectionId: Id, step: (percent: number) => Promise<void>): Promise<void>;
    /** All products were indexed again: what is not among them goes. */
    tidy(): Promise<void>;
    remove(productIds: readonly Id[]): Promise<void>;
  }

  interface Search {
    /** Two queries: one for ids and facets, one for the cards. */
    search(query: SearchQuery): Promise<SearchAnswer & { cards: ProductCard[] }>;
    suggest(
      text: string,
      options?: { locale?: string; limit?: number },
    ): Promise<readonly { text: string; productId: Id | null }[]>;
  }

  interface Jobs {
    'search.reindex': Record<string, never>;
    'search.index-products': { productIds: readonly Id[] };
    'search.index-collection': { collectionId: Id };
    'search.tidy-words': Record<string, never>;
  }
  interface Services {
    search: Search;
  }
  interface Points {
    searchEngines: SearchEngine;
  }
}
