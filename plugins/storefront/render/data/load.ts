import type { Cradle, Id, Picture, Product, ProductCard } from 'kontor/sdk';
import { loadContent } from './content.ts';
import { loadFacets, loadListing } from './listings.ts';
import { localised } from './localised.ts';
import { menuOf } from './menus.ts';
import { idKey, type Kind, listingOf, type Wants } from './wants.ts';

export type LoadServices = Pick<Cradle, 'catalog' | 'clock' | 'stores'> &
  Partial<Pick<Cradle, 'content' | 'inventory' | 'media' | 'search'>>;
export type Load = {
  readonly wants: Wants;
  readonly services: LoadServices;
  readonly locale: string;
  readonly say: (key: string) => string;
  /** Lists are shown with more than their cards have: it is loaded with them. */
  readonly isFull: boolean;
};

/** Loads everything that is asked for: one query for each kind, however many there are. */
export async function load(at: Load): Promise<void> {
  await Promise.all([
    products(at),
    collections(at),
    listings(at),
    each(at, 'facets', (key) => loadFacets(listingOf(key), at)),
    metafields(at),
    each(at, 'metaobject', async (key) => {
      const [type = '', handle = ''] = key.split('/', 2);
      return (await at.services.catalog.metaobject(type, handle)) ?? null;
    }),
    metaobjects(at),
    pictures(at),
    loadContent(at),
    each(at, 'recommended', (key) => recommended(Number(key), at)),
  ]);
  await Promise.all([menus(at), productsById(at)]);
  await levels(at);
}

async function products({ wants, services, locale }: Load): Promise<void> {
  const handles = wants.take('product');
  if (handles.length === 0) return;
  const { catalog, clock } = services;
  // One is a page's own, mostly, and found by its handle in any language.
  const found =
    handles.length === 1
      ? [await catalog.productByHandle(handles[0]!, { locale, isWithLowest: true })]
      : await catalog.productsByHandle(handles);
  const seen = found.flatMap((product) => (product && isVisible(product, clock.now()) ? product : []));
  for (const handle of handles) {
    const product =
      handles.length === 1
        ? seen[0]
        : seen.find((one) => one.handle === handle || handlesOf(one).includes(handle));
    keep(wants, product ? localised(product, locale) : null, handle);
  }
}

async function productsById({ wants, services, locale }: Load): Promise<void> {
  const ids = wants.take('productById');
  for (let from = 0; from < ids.length; from += 100) {
    const part = ids.slice(from, from + 100);
    const found = await services.catalog.productsById(part.map(Number));
    const byId = new Map(found.map((product) => [product.id, product]));
    for (const id of part) {
      const product = byId.get(Number(id));
      const isSeen = product && isVisible(product, services.clock.now());
      wants.put('productById', id, isSeen ? localised(product, locale) : null);
      if (isSeen) for (const variant of product.variants) wants.want('level', idKey(variant.id));
    }
  }
}

async function collections({ wants, services, locale }: Load): Promise<void> {
  const handles = wants.take('collection');
  const isAll = wants.take('collections').length > 0;
  const { catalog } = services;
  if (handles.length === 0 && !isAll) return;
  if (handles.length === 1 && !isAll) {
    const found = await catalog.collectionByHandle(handles[0]!, { locale });
    wants.put('collection', handles[0]!, found?.isPublished ? found : null);
    return;
  }
  const all = await catalog.collections({ isPublished: true, locale });
  wants.put('collections', 'all', all);
  for (const one of all) wants.put('collection', one.handle, one);
  const byOther = (handle: string) =>
    all.find(({ translations }) => Object.values(translations).some((texts) => texts.handle === handle));
  for (const handle of handles) {
    if (!wants.has('collection', handle)) wants.put('collection', handle, byOther(handle) ?? null);
  }
}

async function listings(at: Load): Promise<void> {
  const { wants } = at;
  await Promise.all(
    wants.take('listing').map(async (key) => {
      const { collection, ...listing } = (await loadListing(listingOf(key), at)) ?? {};
      const { collection: handle } = listingOf(key);
      if (collection && handle) wants.put('collection', handle, collection);
      wants.put('listing', key, 'cards' in listing ? listing : null);
      for (const card of 'cards' in listing ? listing.cards : []) {
        wantLevels(wants, card);
        if (at.isFull) wants.want('productById', idKey(card.id));
      }
    }),
  );
}

async function metafields({ wants, services }: Load): Promise<void> {
  const keys = wants.take('metafields');
  for (const owner of ['product', 'variant', 'collection'] as const) {
    const ids = keys.flatMap((key) => (key.startsWith(`${owner}:`) ? Number(key.split(':')[1]) : []));
    if (ids.length === 0) continue;
    const found = await services.catalog.metafields(owner, ids);
    for (const id of ids) wants.put('metafields', `${owner}:${id}`, found.get(id) ?? []);
  }
}

async function metaobjects({ wants, services }: Load): Promise<void> {
  const ids = wants.take('metaobjectById');
  if (ids.length === 0) return;
  const found = new Map(
    (await services.catalog.metaobjects(ids.map(Number))).map((one) => [idKey(one.id), one]),
  );
  for (const id of ids) wants.put('metaobjectById', id, found.get(id) ?? null);
}

async function pictures({ wants, services: { media } }: Load): Promise<void> {
  const paths = wants.take('picture');
  if (paths.length === 0) return;
  const ids = await media?.byPaths(paths);
  const found = ids?.size ? await media!.pictures([...ids.values()]) : [];
  const byPath = new Map<string, Picture>(found.map((picture) => [picture.path, picture]));
  for (const path of paths) wants.put('picture', path, byPath.get(path) ?? null);
}

async function menus(at: Load): Promise<void> {
  const handles = at.wants.take('menu');
  for (const handle of handles) at.wants.put('menu', handle, await menuOf(handle, at));
}

/** Others of its first collection, the newest of all where it is in none. */
async function recommended(id: Id, { services: { catalog }, locale, wants }: Load): Promise<ProductCard[]> {
  const [product] = await catalog.productsById([id]);
  const [collectionId] = product?.collectionIds ?? [];
  const query = { isVisible: true, locale, limit: 11 } as const;
  const { cards } = await catalog.cards(
    collectionId === undefined ? { ...query, sort: 'newest' } : { ...query, collectionId },
  );
  const others = cards.filter((card) => card.id !== id).slice(0, 10);
  for (const card of others) wantLevels(wants, card);
  return others;
}

/** Last, as what came before says of what. */
async function levels({ wants, services: { inventory } }: Load): Promise<void> {
  const ids = wants.take('level');
  if (ids.length === 0) return;
  const found = await inventory?.levels(ids.map(Number));
  for (const id of ids) wants.put('level', id, found?.get(Number(id)) ?? null);
}

async function each<K extends Kind>(
  { wants }: Load,
  kind: K,
  find: (key: string) => Promise<Parameters<typeof wants.put<K>>[2]>,
): Promise<void> {
  await Promise.all(wants.take(kind).map(async (key) => wants.put(kind, key, await find(key))));
}

function keep(wants: Wants, product: Product | null, handle: string): void {
  wants.put('product', handle, product);
  if (!product) return;
  wants.put('product', product.handle, product);
  wants.put('productById', idKey(product.id), product);
  for (const variant of product.variants) wants.want('level', idKey(variant.id));
}

function wantLevels(wants: Wants, { variantIds }: ProductCard): void {
  for (const id of variantIds) wants.want('level', idKey(id));
}

function isVisible({ state, publishAt, unpublishAt }: Product, now: Date): boolean {
  return state === 'active' && (!publishAt || publishAt <= now) && (!unpublishAt || unpublishAt > now);
}

const handlesOf = ({ translations }: Product): string[] =>
  Object.values(translations).flatMap(({ handle }) => handle ?? []);
