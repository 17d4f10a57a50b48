import type { Collection, LiquidDrop } from 'kontor/sdk';
import { type Listing, listingKey, type ListingQuery } from '../data/wants.ts';
import type { Page } from '../page.ts';
import { defineDrop, lookupDrop, none, nothing, plainDrop } from './drop.ts';
import { filtersOf } from './facets.ts';
import { imageOf } from './image.ts';
import { listDrop, type Pageable } from './list.ts';
import { metafieldsDrop } from './metafields.ts';
import { productOfCard } from './product.ts';
import { narrowedBy, sortOf } from './narrowed.ts';

type CollectionSelf = {
  readonly page: Page;
  /** `all` has no row of its own. */
  readonly collection: Collection | undefined;
  readonly handle: string;
  /** The page's own: its address says how it is sorted and what is chosen. */
  readonly isSubject: boolean;
};

export const collectionDrop = defineDrop<CollectionSelf>(
  'collection',
  {
    id: ({ collection }) => collection?.id ?? 0,
    handle: ({ handle }) => handle,
    title: ({ collection, page }) => collection?.title ?? page.say('collection.all'),
    description: ({ collection }) => collection?.description ?? '',
    url: ({ handle }) => `/collections/${encodeURIComponent(handle)}`,
    image: ({ page, collection }) =>
      imageOf(collection?.picture, { locale: page.locale, fallback: collection?.title ?? '' }),
    featured_image: ({ page, collection, handle }) => {
      const own = imageOf(collection?.picture, { locale: page.locale, fallback: collection?.title ?? '' });
      if (own) return own;
      const listing = page.wants.get('listing', listingKey(plainQuery(handle)));
      const card = listing?.cards.find(({ picture }) => picture);
      return listing === undefined
        ? undefined
        : imageOf(card?.picture, { locale: page.locale, fallback: card?.title ?? '' });
    },
    products: (self) => listDrop(self.page, productsOf(self)),
    products_count: (self) => totalOf(self, queryOf(self)),
    all_products_count: (self) => totalOf(self, plainQuery(self.handle)),
    sort_by: ({ page, isSubject }) => (isSubject ? page.asked.query.get('sort_by') : null),
    default_sort_by: () => 'manual',
    sort_options: ({ page }) => sortOptions(page),
    filters: (self) => filtersOf(self.page, queryOf(self)),
    all_tags: (self) => valuesOf(self, 'tag'),
    tags: (self) => valuesOf(self, 'tag'),
    all_types: (self) => valuesOf(self, 'type'),
    all_vendors: (self) => valuesOf(self, 'vendor'),
    current_vendor: none,
    current_type: none,
    template_suffix: none,
    published_at: none,
    next_product: none,
    previous_product: none,
    metafields: ({ page, collection }) =>
      collection ? metafieldsDrop(page, `collection:${collection.id}`) : null,
    object_type: () => 'collection',
  },
  {
    text: ({ collection }) => collection?.title ?? '',
    json: ({ collection, handle, page }) => ({
      id: collection?.id ?? 0,
      handle,
      title: collection?.title ?? page.say('collection.all'),
      description: collection?.description ?? '',
    }),
  },
);

export function collectionOf(page: Page, collection: Collection, { isSubject = false } = {}): LiquidDrop {
  return collectionDrop({ page, collection, handle: collection.handle, isSubject });
}

/** `collections['frontpage']`, and all of them in a loop. */
export function collectionsDrop(
  page: Page,
  subject: { handle: string; drop: LiquidDrop } | undefined,
): LiquidDrop {
  const all: Pageable = {
    key: 'collections',
    part({ page: number, size }) {
      const found = page.wants.get('collections', 'all');
      const from = (number - 1) * size;
      return (
        found && {
          items: found.slice(from, from + size).map((one) => collectionOf(page, one)),
          total: found.length,
          hasNext: from + size < found.length,
        }
      );
    },
  };
  const known = new Map<string, LiquidDrop>();
  const list = listDrop(page, all);
  const find = lookupDrop((handle) => {
    if (subject?.handle === handle) return subject.drop;
    const made = known.get(handle);
    if (made) return made;
    const found = handle === 'all' ? undefined : page.wants.get('collection', handle);
    if (handle !== 'all' && !found) return found;
    const drop = collectionDrop({ page, collection: found ?? undefined, handle, isSubject: false });
    known.set(handle, drop);
    return drop;
  });
  return Object.defineProperties(list, {
    liquidGet: { value: (key: string) => find.liquidGet(key) },
  }) as LiquidDrop;
}

/** The list of a query; the pages of it are loaded as they are asked for. */
export function pageableOfQuery(page: Page, query: ListingQuery, within?: string): Pageable {
  const asked = (cut: { page: number; size: number }) =>
    listingKey({ ...query, page: cut.page, size: cut.size });
  const drops = new WeakMap<Listing, readonly unknown[]>();
  return {
    key: listingKey({ ...query, page: 0, size: 0 }),
    part(cut) {
      const listing = page.wants.get('listing', asked(cut));
      if (!listing) return undefined;
      let items = drops.get(listing);
      if (!items) {
        items = listing.cards.map((card) => productOfCard(page, card, within));
        drops.set(listing, items);
      }
      return { items, total: listing.total, hasNext: listing.hasNext };
    },
  };
}

function productsOf(self: CollectionSelf): Pageable {
  return pageableOfQuery(
    self.page,
    queryOf(self),
    self.isSubject && self.handle !== 'all' ? self.handle : undefined,
  );
}

function queryOf({ page, handle, isSubject }: CollectionSelf): ListingQuery {
  if (!isSubject) return plainQuery(handle);
  return { ...plainQuery(handle), sort: sortOf(page), ...narrowedBy(page) };
}

const plainQuery = (handle: string): ListingQuery => ({
  collection: handle,
  sort: 'manual',
  page: 1,
  size: 50,
  facets: {},
});

/** Of the part that is on the page, where that knows: no query of its own. */
function totalOf({ page }: CollectionSelf, query: ListingQuery): number | undefined {
  const { collection } = {
    collection: page.wants.has('collection', query.collection!)
      ? page.wants.get('collection', query.collection!)
      : undefined,
  };
  const isPlain =
    Object.keys(query.facets).length === 0 && query.minAmount === undefined && query.maxAmount === undefined;
  if (isPlain && collection) return collection.productCount;
  const cut = page.pass.cuts.get(listingKey({ ...query, page: 0, size: 0 })) ?? { page: 1, size: 50 };
  const listing = page.wants.get('listing', listingKey({ ...query, page: cut.page, size: cut.size }));
  return listing ? (listing.total ?? listing.cards.length) : (listing ?? undefined);
}

function valuesOf(self: CollectionSelf, name: string): readonly unknown[] | undefined {
  const found = self.page.wants.get('facets', listingKey(plainQuery(self.handle)));
  if (found === undefined) return undefined;
  return found?.facets.find((facet) => facet.name === name)?.values.map(({ value }) => value) ?? nothing();
}

const SORTS = [
  ['manual', 'sort.own'],
  ['title-ascending', 'sort.title'],
  ['title-descending', 'sort.-title'],
  ['price-ascending', 'sort.price'],
  ['price-descending', 'sort.-price'],
  ['created-descending', 'sort.newest'],
  ['created-ascending', 'sort.oldest'],
] as const;

export function sortOptions(page: Page, only?: readonly string[]): LiquidDrop[] {
  return SORTS.filter(([value]) => !only || only.includes(value)).map(([value, key]) => {
    const name = page.say(key);
    return plainDrop({ name, value }, { json: { name, value }, text: value });
  });
}
