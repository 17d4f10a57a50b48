import type {
  Article,
  ArticleComment,
  Blog,
  Collection,
  ContentPage,
  Id,
  Metafield,
  Metaobject,
  Picture,
  Policy,
  Product,
  ProductCard,
} from 'kontor/sdk';
import type { StockLevel } from 'kontor/sdk';

/** A page of a list of products, and how many there are. */
export type Listing = {
  readonly cards: readonly ProductCard[];
  /** Of all pages; undefined where nobody counts them. */
  readonly total: number | undefined;
  readonly hasNext: boolean;
};

/** What may be chosen among the products of a list. */
export type Facets = {
  readonly total: number;
  readonly facets: readonly {
    readonly name: string;
    readonly values: readonly { readonly value: string; readonly count: number }[];
  }[];
  readonly priceRange: { readonly minAmount: number; readonly maxAmount: number } | null;
};

/** An entry of a menu, with those below it. */
export type MenuLink = {
  readonly title: string;
  readonly url: string;
  readonly type: string;
  readonly links: readonly MenuLink[];
};
export type Menu = { readonly handle: string; readonly title: string; readonly links: readonly MenuLink[] };

/** What a template may ask for by name, and what comes. null is "there is no such thing". */
export type Kinds = {
  product: Product | null;
  productById: Product | null;
  collection: Collection | null;
  collections: readonly Collection[];
  /** Key: `listingKey`. */
  listing: Listing | null;
  facets: Facets | null;
  level: StockLevel | null;
  menu: Menu | null;
  /** Key: `product:12`. */
  metafields: readonly Metafield[];
  /** Key: `type/handle`. */
  metaobject: Metaobject | null;
  metaobjectById: Metaobject | null;
  /** Key: the path of a file of the store. */
  picture: Picture | null;
  recommended: readonly ProductCard[];
  contentPage: ContentPage | null;
  blog: Blog | null;
  /** Key: `blog/article`. */
  article: Article | null;
  /** Key: blog, page, size and tag as a list. */
  articles: { readonly articles: readonly Article[]; readonly total: number } | null;
  comments: readonly ArticleComment[];
  policies: readonly Policy[];
};
export type Kind = keyof Kinds;

/** More than a template of good will asks for; the rest is not there. */
const MOST: Partial<Record<Kind, number>> = { product: 20, listing: 30, facets: 5, metaobject: 50 };
const MOST_OF_A_KIND = 2000;

/**
 * What a page has, and what it has asked for in vain so far: a template cannot wait, so it is rendered again when that is there.
 * Only asks by name; whose data it is, is decided by the store of the request.
 */
export class Wants {
  readonly #found = new Map<Kind, Map<string, unknown>>();
  readonly #wanted = new Map<Kind, Set<string>>();
  readonly #used = new Set<string>();

  /** undefined while it is not loaded; it is noted then. */
  get<K extends Kind>(kind: K, key: string): Kinds[K] | undefined {
    const found = this.#found.get(kind);
    if (kind !== 'level') this.#used.add(`${kind} ${key}`);
    if (found?.has(key)) return found.get(key) as Kinds[K];
    this.want(kind, key);
    return undefined;
  }

  has(kind: Kind, key: string): boolean {
    return this.#found.get(kind)?.has(key) === true;
  }

  want(kind: Kind, key: string): void {
    if (this.has(kind, key)) return;
    const keys = this.#wanted.get(kind) ?? new Set();
    const known = this.#found.get(kind)?.size ?? 0;
    if (keys.size + known < (MOST[kind] ?? MOST_OF_A_KIND)) keys.add(key);
    this.#wanted.set(kind, keys);
  }

  put<K extends Kind>(kind: K, key: string, value: Kinds[K]): void {
    const found = this.#found.get(kind) ?? new Map<string, unknown>();
    found.set(key, value);
    this.#found.set(kind, found);
    this.#wanted.get(kind)?.delete(key);
  }

  /** Whether the last pass lacked something. */
  get isHungry(): boolean {
    return [...this.#wanted.values()].some(({ size }) => size > 0);
  }

  /** What is asked for, and asked for no more. */
  take<K extends Kind>(kind: K): string[] {
    const keys = [...(this.#wanted.get(kind) ?? [])];
    this.#wanted.delete(kind);
    return keys;
  }

  /** All names that a template has asked for, of some kinds. */
  used(kinds: readonly Kind[]): [Kind, string][] {
    return kinds.flatMap((kind) =>
      [...(this.#found.get(kind)?.keys() ?? [])].flatMap((key) =>
        this.#used.has(`${kind} ${key}`) ? [[kind, key] as [Kind, string]] : [],
      ),
    );
  }
}

/** What a list of products is asked by; the same words give the same list. */
export type ListingQuery = {
  /** A collection, `all`, or undefined for a search. */
  readonly collection?: string;
  readonly text?: string;
  readonly sort: string;
  readonly page: number;
  readonly size: number;
  readonly facets: Readonly<Record<string, readonly string[]>>;
  readonly minAmount?: number;
  readonly maxAmount?: number;
};

export function listingKey({
  collection,
  text,
  sort,
  page,
  size,
  facets,
  minAmount,
  maxAmount,
}: ListingQuery): string {
  return JSON.stringify({ collection, text, sort, page, size, facets, minAmount, maxAmount });
}
export const listingOf = (key: string): ListingQuery => JSON.parse(key) as ListingQuery;
export const idKey = (id: Id): string => String(id);
