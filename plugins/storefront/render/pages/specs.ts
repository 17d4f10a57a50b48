import type { LiquidDrop } from 'kontor/sdk';
import { articleSpec, blogSpec, contentPageSpec, policySpec } from './content-specs.ts';
import { collectionDrop, collectionOf } from '../drops/collection.ts';
import { imageOf } from '../drops/image.ts';
import { variantOfValues } from '../drops/options.ts';
import { productOf } from '../drops/product.ts';
import { searchDrop } from '../drops/search.ts';
import { customerDrop } from '../drops/customer.ts';
import { listingKey } from '../data/wants.ts';
import { narrowedBy, sortOf } from '../drops/narrowed.ts';
import type { Page, PageKind } from '../page.ts';
import { pageNumber } from '../tags/paginate.ts';

/** What an address shows: which template, and of what. */
export type Spec = {
  readonly kind: PageKind;
  /** Beneath `templates`, without its ending: `customers/login`. */
  readonly name: string;
  readonly isWhole?: boolean;
  begin(at: Begin): Promise<Begun>;
};
export type Begin = {
  readonly page: Page;
  /** Loads what is wanted so far. */
  readonly load: () => Promise<void>;
  /** How many products the template showed at once, when it was rendered before. */
  readonly size: number | undefined;
};
export type Begun =
  | { readonly subject: Readonly<Record<string, unknown>> }
  | { readonly moved: string }
  | undefined;

const plain = (
  kind: PageKind,
  subject: (page: Page) => Record<string, unknown>,
  name: string = kind,
): Spec => ({
  kind,
  name,
  begin: async ({ page }) => ({ subject: subject(page) }),
});

/** The page of an address; undefined for one that no template is for. */
export function specOf(path: string): Spec | undefined {
  const parts = path.split('/').filter(Boolean).map(decoded);
  const [first, second, third, fourth] = parts;
  if (parts.includes(undefined)) return undefined;
  if (first === undefined) return plain('index', ({ store }) => ({ page_title: store.name }));
  if (first === 'products' && second && parts.length === 2) return productSpec(second);
  if (first === 'collections') {
    if (!second) return plain('list-collections', ({ say }) => ({ page_title: say('page.collections') }));
    if (third === 'products' && fourth && parts.length === 4) return productSpec(fourth, second);
    return parts.length === 2 ? collectionSpec(second) : undefined;
  }
  if (first === 'cart' && parts.length === 1)
    return plain('cart', ({ say }) => ({ page_title: say('cart.title') }));
  if (first === 'search' && parts.length === 1) return searchSpec;
  if (first === 'pages' && second && parts.length === 2) return contentPageSpec(second);
  if (first === 'policies' && second && parts.length === 2) return policySpec(second);
  if (first === 'blogs' && second && parts.length === 2) return blogSpec(second);
  if (first === 'blogs' && second && third && parts.length === 3) return articleSpec(second, third);
  if (first === 'account') return accountSpec(parts.slice(1).join('/'));
  return undefined;
}

export const NOT_FOUND: Spec = plain('404', ({ say }) => ({ page_title: say('notFound.title') }));

function productSpec(handle: string, within?: string): Spec {
  return {
    kind: 'product',
    name: 'product',
    async begin({ page, load }) {
      page.wants.want('product', handle);
      if (within !== undefined && within !== 'all') page.wants.want('collection', within);
      await load();
      const product = page.wants.get('product', handle);
      if (!product) return undefined;
      if (product.handle !== handle) return { moved: `/products/${encodeURIComponent(product.handle)}` };
      const collection = within === undefined ? undefined : page.wants.get('collection', within);
      const chosen = chosenOf(page.asked.query, (ids) => variantOfValues(product, ids));
      const fallback = product.title;
      return {
        subject: {
          product: productOf(page, product, { isSubject: true, ...(chosen !== undefined && { chosen }) }),
          ...(collection && { collection: collectionOf(page, collection) }),
          handle: product.handle,
          page_title: product.seo.title || product.title,
          page_description: product.seo.description || null,
          page_image: imageOf(product.pictures[0], { locale: page.locale, fallback }),
          canonical_url: `${page.origin}/products/${encodeURIComponent(product.handle)}`,
        },
      };
    },
  };
}

function chosenOf(
  query: URLSearchParams,
  byValues: (ids: readonly number[]) => number | undefined,
): number | undefined {
  const values = query.get('option_values');
  if (values) return byValues(values.split(',').slice(0, 3).map(Number).filter(Number.isSafeInteger));
  const variant = Number(query.get('variant'));
  return Number.isSafeInteger(variant) && variant > 0 ? variant : undefined;
}

function collectionSpec(handle: string): Spec {
  return {
    kind: 'collection',
    name: 'collection',
    async begin({ page, load, size }) {
      const isAll = handle === 'all';
      const query = {
        collection: handle,
        sort: sortOf(page),
        page: pageNumber(page),
        size: size ?? 0,
        ...narrowedBy(page),
      };
      // With the list comes its collection, by one statement; how long it will be is known from the last time.
      if (size !== undefined) page.wants.want('listing', listingKey(query));
      else if (!isAll) page.wants.want('collection', handle);
      await load();
      if (!isAll && !page.wants.has('collection', handle)) {
        page.wants.want('collection', handle);
        await load();
      }
      const collection = isAll ? null : page.wants.get('collection', handle);
      if (!isAll && !collection) return undefined;
      if (collection && collection.handle !== handle) {
        return { moved: `/collections/${encodeURIComponent(collection.handle)}` };
      }
      const drop = collectionDrop({ page, collection: collection ?? undefined, handle, isSubject: true });
      const title = collection?.title ?? page.say('collection.all');
      return {
        subject: {
          collection: drop,
          collectionEntry: { handle, drop },
          handle,
          page_title: collection?.seo.title || title,
          page_description: collection?.seo.description || null,
          page_image: imageOf(collection?.picture, { locale: page.locale, fallback: title }),
        },
      };
    },
  };
}

const searchSpec: Spec = {
  kind: 'search',
  name: 'search',
  async begin({ page }) {
    const text = page.asked.query.get('q') ?? '';
    const title = text === '' ? page.say('search.label') : page.say('search.title', { text });
    return { subject: { search: searchDrop({ page, text: cleaned(text) }), page_title: title } };
  },
};

/** Letters that a database keeps, and not more than a search looks at. */
export const cleaned = (text: string): string =>
  text.trim().slice(0, 200).toWellFormed().replaceAll('\0', '');

function accountSpec(path: string): Spec | undefined {
  const name = { '': 'account', login: 'login', register: 'register', addresses: 'addresses' }[path];
  if (!name) return undefined;
  return {
    kind: `customers/${name}`,
    name: `customers/${name}`,
    isWhole: true,
    async begin({ page }) {
      const isOpen = name === 'login' || name === 'register';
      if (!isOpen && !page.customer) return { moved: '/account/login' };
      const customer: LiquidDrop | null = page.customer
        ? customerDrop({ page, customer: page.customer })
        : null;
      return { subject: { customer, page_title: page.say('account.title') } };
    },
  };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
