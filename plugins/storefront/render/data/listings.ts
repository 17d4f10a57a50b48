import type { CardSort, Collection, Id, ProductCard, SearchQuery } from 'kontor/sdk';
import { KontorError } from 'kontor/sdk';
import type { Load } from './load.ts';
import type { Facets, Listing, ListingQuery } from './wants.ts';

type Found = Listing & { readonly collection?: Collection };
type Step = {
  cards: readonly ProductCard[];
  next: string | null;
  total?: number;
  collection?: Collection;
};
type Fetch = (from: { cursor?: string; limit: number }) => Promise<Step | undefined>;

const MOST = 100; // products that the catalogue gives at once
const STEPS = 30; // to a page that nobody has been on; 3,000 products
const REMEMBERED = 20_000; // places in lists, of some 150 bytes each

/** How themes name the orders, and how the catalogue does. */
const SORTS: Readonly<Record<string, CardSort>> = {
  'title-ascending': 'title',
  'title-descending': '-title',
  'price-ascending': 'price',
  'price-descending': '-price',
  'created-ascending': 'oldest',
  'created-descending': 'newest',
};
const FOUND_SORTS: Readonly<Record<string, SearchQuery['sort']>> = {
  'price-ascending': 'price',
  'price-descending': '-price',
  'created-descending': 'newest',
};

/** A page of a collection, of all products or of a search; undefined when there is no such collection. */
export async function loadListing(query: ListingQuery, at: Load): Promise<Found | undefined> {
  const { services, locale } = at;
  const { catalog, search, stores } = services;
  const place = `${stores.current().id} ${locale} ${JSON.stringify({ ...query, page: 0 })}`;
  const sort = SORTS[query.sort];
  const isNarrowed =
    Object.keys(query.facets).length > 0 || query.minAmount !== undefined || query.maxAmount !== undefined;
  if (query.text !== undefined || (isNarrowed && search)) {
    const collection =
      query.collection === undefined || query.collection === 'all'
        ? undefined
        : await catalog.collectionByHandle(query.collection, { locale });
    if (collection === undefined && query.collection !== undefined && query.collection !== 'all')
      return undefined;
    return walk({ place, query }, (from) => found(query, from, at, collection?.id));
  }
  if (query.collection === 'all') {
    const step = await walk({ place, query }, (from) =>
      catalog.cards({ ...from, isVisible: true, locale, sort: sort ?? 'newest' }),
    );
    const total =
      search && step?.hasNext ? (await search.search({ text: '', limit: 1, locale })).total : undefined;
    return step && { ...step, total: total ?? countOf(step, query) };
  }
  const step = await walk({ place, query }, (from) =>
    catalog.collectionPage(query.collection ?? '', { ...from, locale, ...(sort && { sort }) }),
  );
  return step && { ...step, total: step.hasNext ? step.collection?.productCount : countOf(step, query) };
}

/** What can be chosen, with what is chosen already. */
export async function loadFacets(query: ListingQuery, at: Load): Promise<Facets | null> {
  const { services, locale } = at;
  if (!services.search) return null;
  const isWhole = query.collection === undefined || query.collection === 'all';
  const collection = isWhole
    ? undefined
    : await services.catalog.collectionByHandle(query.collection!, { locale });
  if (!isWhole && !collection) return null;
  return services.search.search({
    ...narrowed(query),
    text: query.text ?? '',
    locale,
    limit: 1,
    ...(collection && { collectionId: collection.id }),
  });
}

async function found(
  query: ListingQuery,
  from: { cursor?: string; limit: number },
  { services, locale }: Load,
  collectionId: Id | undefined,
): Promise<Step> {
  const { search, catalog } = services;
  const text = query.text ?? '';
  if (query.text?.trim() === '') return { cards: [], next: null, total: 0 };
  if (!search) return catalog.cards({ ...from, text, isVisible: true, locale });
  const sort = FOUND_SORTS[query.sort];
  return search.search({
    ...from,
    ...narrowed(query),
    text,
    locale,
    ...(sort && { sort }),
    ...(collectionId !== undefined && { collectionId }),
  });
}

function narrowed({ facets, minAmount, maxAmount }: ListingQuery) {
  return {
    facets,
    ...(minAmount !== undefined && { minAmount }),
    ...(maxAmount !== undefined && { maxAmount }),
  };
}

/** Where pages of lists begin, by the list and the number of the product; a cursor stays right whatever is added. */
const places = new Map<string, string>();

/**
 * Pages have numbers in themes, and lists have cursors. Who goes from page to page finds the cursor that the page before has
 * left; a page that nobody came to so is reached in steps of a hundred.
 */
async function walk(
  { place, query }: { place: string; query: ListingQuery },
  fetch: Fetch,
): Promise<Found | undefined> {
  const { page, size } = query;
  const wanted = (page - 1) * size;
  let at = 0;
  let cursor: string | undefined;
  for (let back = wanted; back > 0; back -= 1) {
    if (back % size !== 0 && back % MOST !== 0) continue;
    cursor = places.get(`${place} ${back}`);
    if (cursor !== undefined) {
      at = back;
      break;
    }
  }
  for (let steps = 0; at < wanted; steps += 1) {
    const limit = Math.min(MOST, wanted - at);
    const step = await fetchFrom(fetch, cursor, limit);
    if (!step) return undefined;
    if (step.next === null || steps >= STEPS)
      return {
        cards: [],
        hasNext: false,
        total: step.total ?? at + step.cards.length,
        ...(step.collection && { collection: step.collection }),
      };
    at += limit;
    cursor = step.next;
    remember(`${place} ${at}`, cursor);
  }
  const last = await fetchFrom(fetch, cursor, Math.min(size, MOST));
  if (!last) return undefined;
  if (last.next !== null) remember(`${place} ${wanted + size}`, last.next);
  const { cards, next, total, collection } = last;
  return { cards, hasNext: next !== null, total, ...(collection && { collection }) };
}

async function fetchFrom(fetch: Fetch, cursor: string | undefined, limit: number): Promise<Step | undefined> {
  try {
    return await fetch({ limit, ...(cursor !== undefined && { cursor }) });
  } catch (error) {
    // An order was changed since, and the place is none any more.
    if (cursor !== undefined && error instanceof KontorError && error.code.endsWith('_ERR_CURSOR')) {
      return fetch({ limit });
    }
    throw error;
  }
}

function remember(place: string, cursor: string): void {
  if (places.size >= REMEMBERED) places.delete(places.keys().next().value!);
  places.set(place, cursor);
}

const countOf = ({ cards, hasNext }: Listing, { page, size }: ListingQuery): number | undefined =>
  hasNext ? undefined : (page - 1) * size + cards.length;
