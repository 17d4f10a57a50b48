import { isDeepStrictEqual } from 'node:util';
import {
  type Cradle,
  type Id,
  ok,
  type Picture,
  type Product,
  type ProductRefusal,
  refused,
  type Result,
} from 'kontor/sdk';
import { actorName } from '../services/actor-name.ts';
import { placeProducts } from '../services/collection-members.ts';
import { slug } from '../services/texts.ts';
import { loadProducts, loadTaken, lockProducts, type Loaded } from './load-for-change.ts';
import { mergeProduct, type ProductChange, type ProductDraft } from './merge-product.ts';
import { handlesOf, writeProducts, type Written } from './write-products.ts';

/** One product to make or to change. */
export type Wish = {
  /** Which one is meant; a new one when neither is given. */
  id?: Id;
  /** The same, for a product that is made when there is none. */
  handle?: string;
  /** The one the change was made from; any when left out. */
  version?: number;
  change: ProductChange | ((product: Product) => ProductChange);
};
export type Saved = { id: Id; isNew: boolean; isChanged: boolean };
export type SaveRefusal = ProductRefusal | 'changed';
export type SaveOptions = {
  /** Tells of all at once by `catalog.products_saved`, not of each. */
  isBatch?: boolean;
  /** What changed is not what people edit: versions stay. */
  keepsVersion?: boolean;
  /** A picture that is gone is left out, instead of refused. */
  dropsUnknownPictures?: boolean;
};

const LIMIT = 'catalog.products';
const MOST_TOLD = 500; // products an event
const SUFFIXES = Array.from({ length: 19 }, (_, at) => `-${at + 2}`);

/**
 * Makes and changes products, all in one transaction; one that is refused keeps none of the others. The number of statements
 * does not depend on the number of products, but for events of single ones. All refusals come before the first write.
 *
 * @returns one answer a wish, in order; what would change nothing is left as it is
 */
export async function saveProducts(
  services: Cradle,
  wishes: readonly Wish[],
  { isBatch = false, keepsVersion = false, dropsUnknownPictures = false }: SaveOptions = {},
): Promise<Result<Saved, SaveRefusal>[]> {
  if (wishes.length === 0) return [];
  const { clock, database, stores } = services;
  const { id: storeId, currency } = stores.current();
  const where = { database, storeId };
  return database.transaction(async () => {
    await lockProducts(where);
    const found = await findWanted(where, wishes);
    const now = clock.now();
    const drafts = await mergeAll(services, { wishes, found, now, dropsUnknownPictures });
    const taken = await loadTaken(where, {
      handles: drafts.flatMap((draft) => (draft.ok ? wantedHandles(draft.value) : [])),
      skus: drafts.flatMap((draft) => (draft.ok ? wantedSkus(draft.value) : [])),
    });
    const free = claimAll(drafts, { ...taken, random: services.random });
    const fitting = await withinLimit(services, free);
    const products = await withIds(database, { entries: fitting, now, keepsVersion });
    if (products.length > 0) {
      await writeProducts(where, { products, changedBy: actorName(stores.actor()), currency });
      await tell(services, products, isBatch);
      await placeProducts(
        services,
        products.map(({ after }) => after.id),
      );
    }
    return answers(fitting, products);
  });
}

/** A product on its way: what it was, and what it is to be. */
type Entry = {
  existing: Product | undefined;
  draft: ProductDraft;
  isChanged: boolean;
  isHandleGiven: boolean;
};
type Entries = readonly Result<Entry, SaveRefusal>[];

async function findWanted(
  where: Parameters<typeof loadProducts>[0],
  wishes: readonly Wish[],
): Promise<(Loaded | undefined)[]> {
  const handles = wishes.flatMap(({ handle }) => (handle === undefined ? [] : [slug(handle)]));
  const ids = wishes.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const loaded = await loadProducts(where, { ids, handles });
  const byId = new Map(loaded.map((one) => [one.product.id, one]));
  const byHandle = new Map(loaded.map((one) => [one.product.handle, one]));
  return wishes.map(({ id, handle }) =>
    id !== undefined ? byId.get(id) : handle !== undefined ? byHandle.get(slug(handle)) : undefined,
  );
}

async function mergeAll(
  services: Cradle,
  {
    wishes,
    found,
    now,
    dropsUnknownPictures,
  }: {
    wishes: readonly Wish[];
    found: readonly (Loaded | undefined)[];
    now: Date;
    dropsUnknownPictures: boolean;
  },
): Promise<Result<Entry, SaveRefusal>[]> {
  const { currency } = services.stores.current();
  const allowsSeveral = services.features.isOn('catalog.variants');
  const changes = wishes.map(({ change }, at) => {
    const product = found[at]?.product;
    return typeof change !== 'function' ? change : product ? change(product) : {};
  });
  const pictures = await loadPictures(services, changes);
  return wishes.map(({ id, version }, at): Result<Entry, SaveRefusal> => {
    const loaded = found[at];
    const existing = loaded?.product;
    if (id !== undefined && !existing) return refused('notFound', { productId: id });
    if (existing && version !== undefined && version !== existing.version)
      return refused('changed', {
        version: existing.version,
        changedBy: loaded.changedBy,
        changedAt: existing.updatedAt,
      });
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
    const draft = merged.value;
    const isChanged = !existing || !isSame(existing, draft);
    return ok({ existing, draft, isChanged, isHandleGiven: Boolean(slug(change.handle ?? '')) });
  });
}

async function loadPictures(services: Cradle, changes: readonly ProductChange[]): Promise<Map<Id, Picture>> {
  const ids = [...new Set(changes.flatMap(({ pictureIds = [] }) => pictureIds))];
  // The media plugin may be off: then no picture is known.
  const pictures = ids.length > 0 ? ((await services.media?.pictures(ids)) ?? []) : [];
  return new Map(pictures.map((picture) => [picture.mediaId, picture]));
}

/** As JSON, since that is how it is kept. */
function isSame(existing: Product, draft: ProductDraft): boolean {
  const { version: _v, collectionIds: _c, createdAt: _a, updatedAt: _u, ...known } = existing;
  return isDeepStrictEqual(JSON.parse(JSON.stringify(known)), JSON.parse(JSON.stringify(draft)));
}

function wantedHandles({ draft, existing, isHandleGiven }: Entry): string[] {
  const had = existing ? handlesOf(existing) : [];
  const suffixed = existing || isHandleGiven ? [] : SUFFIXES.map((suffix) => draft.handle + suffix);
  return [...handlesOf(draft).filter((handle) => !had.includes(handle)), ...suffixed];
}

function wantedSkus({ draft, existing }: Entry): string[] {
  const had = new Set(existing?.variants.map(({ sku }) => sku));
  return draft.variants.map(({ sku }) => sku).filter((sku) => sku !== '' && !had.has(sku));
}

/** Gives handles and SKUs to those who want them first; an address made of a title gets a number where it is taken. */
function claimAll(
  entries: Entries,
  taken: { handles: Map<string, Id>; skus: Map<string, Id>; random: Cradle['random'] },
): Entries {
  const claimed = { handles: new Map<string, Entry>(), skus: new Map<string, Entry>() };
  return entries.map((entry) => {
    if (!entry.ok || !entry.value.isChanged) return entry;
    const one = { ...entry.value };
    const isFree = (kind: 'handles' | 'skus', value: string) => {
      const owner = taken[kind].get(value);
      return (owner === undefined || owner === one.existing?.id) && !claimed[kind].has(value);
    };
    if (!one.existing && !one.isHandleGiven && !isFree('handles', one.draft.handle)) {
      const suffix = SUFFIXES.find((text) => isFree('handles', one.draft.handle + text));
      const handle = one.draft.handle + (suffix ?? `-${slug(taken.random.token())}`);
      one.draft = { ...one.draft, handle };
    }
    const handle = handlesOf(one.draft).find((text) => !isFree('handles', text));
    if (handle !== undefined) return refused('handleTaken', { handle });
    const skus = one.draft.variants.map(({ sku }) => sku).filter((text) => text !== '');
    const sku = skus.find((text) => !isFree('skus', text));
    if (sku !== undefined) return refused('skuTaken', { sku });
    for (const text of handlesOf(one.draft)) claimed.handles.set(text, one);
    for (const text of skus) claimed.skus.set(text, one);
    return ok(one);
  });
}

/** Lets as many new ones in as the tier has room for; with more than it allows, those there are stay as they are. */
async function withinLimit({ features }: Cradle, entries: Entries): Promise<Entries> {
  const changing = entries.flatMap((entry) => (entry.ok && entry.value.isChanged ? [entry.value] : []));
  const count = changing.filter(({ existing }) => !existing).length;
  const writable = changing.length > count ? await features.checkWritable(LIMIT) : ok();
  let room = count;
  let full: Record<string, unknown> = {};
  const used = count > 0 ? await features.use(LIMIT, count) : ok();
  if (!used.ok) {
    const { used: now, max } = await features.limit(LIMIT);
    room = Math.max(0, Math.min(count, (max ?? count) - now));
    full = used.details;
    if (room > 0 && !(await features.use(LIMIT, room)).ok) room = 0;
  }
  return entries.map((entry) => {
    if (!entry.ok || !entry.value.isChanged) return entry;
    if (entry.value.existing) return writable.ok ? entry : refused('overLimit', writable.details);
    room -= 1;
    return room >= 0 ? entry : refused('limitReached', full);
  });
}

async function withIds(
  database: Cradle['database'],
  { entries, now, keepsVersion }: { entries: Entries; now: Date; keepsVersion: boolean },
): Promise<Written[]> {
  const changing = entries.flatMap((entry) => (entry.ok && entry.value.isChanged ? [entry.value] : []));
  const ids = await newIds(database, {
    products: changing.filter(({ existing }) => !existing).length,
    variants: changing.flatMap(({ draft }) => draft.variants).filter(({ id }) => id === 0).length,
  });
  return changing.map((entry) => {
    const { existing, draft } = entry;
    const after: Product = {
      ...draft,
      id: existing?.id ?? ids.products.shift()!,
      version: (existing?.version ?? 0) + (existing && keepsVersion ? 0 : 1),
      variants: draft.variants.map((variant) => ({ ...variant, id: variant.id || ids.variants.shift()! })),
      collectionIds: existing?.collectionIds ?? [],
      createdAt: existing?.createdAt ?? now,
      updatedAt: now,
    };
    // The caller's answer names the product, new or not.
    entry.draft = after;
    return { after, before: existing };
  });
}

async function newIds(
  database: Cradle['database'],
  { products, variants }: { products: number; variants: number },
): Promise<{ products: Id[]; variants: Id[] }> {
  if (products + variants === 0) return { products: [], variants: [] };
  const [row] = await database.query<{ products: Id[]; variants: Id[] }>(
    `select
       (select coalesce(jsonb_agg(nextval('catalog.products_id_seq')), '[]') from generate_series(1, $1)) as products,
       (select coalesce(jsonb_agg(nextval('catalog.variants_id_seq')), '[]') from generate_series(1, $2)) as variants`,
    [products, variants],
  );
  return row!;
}

async function tell(
  { events, random }: Cradle,
  products: readonly Written[],
  isBatch: boolean,
): Promise<void> {
  const ids = products.map(({ after }) => after.id);
  for (let at = 0; isBatch && at < ids.length; at += MOST_TOLD) {
    const productIds = ids.slice(at, at + MOST_TOLD);
    await events.emit('catalog.products_saved', { productIds }, { entity: `products:${random.uuid()}` });
  }
  for (const productId of isBatch ? [] : ids)
    await events.emit('catalog.product_saved', { productId }, { entity: `product:${productId}` });
}

function answers(entries: Entries, products: readonly Written[]): Result<Saved, SaveRefusal>[] {
  const isNew = new Set(products.filter(({ before }) => !before).map(({ after }) => after.id));
  return entries.map((entry) =>
    entry.ok
      ? ok({
          id: entry.value.draft.id,
          isNew: isNew.has(entry.value.draft.id),
          isChanged: entry.value.isChanged,
        })
      : entry,
  );
}
