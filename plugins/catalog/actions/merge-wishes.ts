import { isDeepStrictEqual } from 'node:util';
import { type Cradle, type Id, ok, type Picture, type Product, refused, type Result } from 'kontor/sdk';
import { slug } from '../services/texts.ts';
import { loadProducts, type Loaded } from './load-for-change.ts';
import { mergeProduct, type ProductChange, type ProductDraft } from './merge-product.ts';
import type { Entries, Entry, SaveRefusal, Wish } from './wish.ts';

/** What the wishes make of the products they mean: one statement, two when they name pictures. */
export async function mergeWishes(
  services: Cradle,
  {
    wishes,
    now,
    dropsUnknownPictures,
  }: { wishes: readonly Wish[]; now: Date; dropsUnknownPictures: boolean },
): Promise<Entries> {
  const { features, stores } = services;
  const { currency } = stores.current();
  const allowsSeveral = features.isOn('catalog.variants');
  const found = await findMeant(services, wishes);
  const changes = wishes.map(({ change }, at) => {
    const product = found[at]?.product;
    return typeof change !== 'function' ? change : product ? change(product) : {};
  });
  const pictures = await loadPictures(services, changes);
  return wishes.map((wish, at): Result<Entry, SaveRefusal> => {
    const existing = found[at]?.product;
    const fault = faultOf(wish, found[at]);
    if (fault) return fault;
    const change = changes[at]!;
    const merged = mergeProduct({
      existing,
      change,
      pictures,
      dropsUnknownPictures,
      now,
      currency,
      allowsSeveral,
    });
    if (!merged.ok) return merged;
    const isChanged = !existing || !isSame(existing, merged.value);
    return ok({
      existing,
      draft: merged.value,
      isChanged,
      isHandleGiven: Boolean(slug(change.handle ?? '')),
    });
  });
}

async function findMeant(
  { database, stores }: Cradle,
  wishes: readonly Wish[],
): Promise<(Loaded | undefined)[]> {
  const handles = wishes.flatMap(({ handle }) => (handle === undefined ? [] : [slug(handle)]));
  const ids = wishes.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const loaded = await loadProducts({ database, storeId: stores.current().id }, { ids, handles });
  const byId = new Map(loaded.map((one) => [one.product.id, one]));
  const byHandle = new Map(loaded.map((one) => [one.product.handle, one]));
  return wishes.map(({ id, handle }) =>
    id !== undefined ? byId.get(id) : handle !== undefined ? byHandle.get(slug(handle)) : undefined,
  );
}

async function loadPictures(services: Cradle, changes: readonly ProductChange[]): Promise<Map<Id, Picture>> {
  const ids = [...new Set(changes.flatMap(({ pictureIds = [] }) => pictureIds))];
  // The media plugin may be off: then no picture is known.
  const pictures = ids.length > 0 ? ((await services.media?.pictures(ids)) ?? []) : [];
  return new Map(pictures.map((picture) => [picture.mediaId, picture]));
}

function faultOf({ id, version }: Wish, loaded: Loaded | undefined) {
  if (id !== undefined && !loaded) return refused('notFound', { productId: id });
  if (!loaded || version === undefined || version === loaded.product.version) return undefined;
  const { product, changedBy } = loaded;
  return refused('changed', { version: product.version, changedBy, changedAt: product.updatedAt });
}

/** As JSON, since that is how it is kept. */
function isSame(existing: Product, draft: ProductDraft): boolean {
  const { version: _v, collectionIds: _c, createdAt: _a, updatedAt: _u, ...known } = existing;
  return isDeepStrictEqual(JSON.parse(JSON.stringify(known)), JSON.parse(JSON.stringify(draft)));
}
