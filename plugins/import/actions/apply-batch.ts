import type { Cradle, Id, Product, StockLevel } from 'kontor/sdk';
import type { Fault, ReadProduct } from '../formats/read-product.ts';
import { asInput, isSame, keyOf, wantedOf } from '../services/differences.ts';

type Needs = Pick<Cradle, 'catalog' | 'database' | 'stores'> & Partial<Pick<Cradle, 'inventory' | 'media'>>;
type Outcome = 'created' | 'updated' | 'unchanged';
type Stocked = { variantId: Id; before: StockLevel | undefined; after: number | null };
/** What undoing goes back to: `product` is null for what was made, and for what only its stock changed. */
export type Before = { product: ReturnType<typeof asInput> | null; stock: readonly Stocked[] };
type Item = {
  handle: string;
  outcome: Outcome;
  productId: Id | null;
  version: number | null;
  before: Before | null;
};
type Wishes = { productId: Id; wanted: { url: string; alt: string; row: number; variants: string[][] }[] };

/** Products that were read, how far the file is read with them, and what was wrong with others on the way. */
export type Batch = {
  runId: Id;
  isDryRun: boolean;
  products: readonly ReadProduct[];
  faults: readonly Fault[];
  /** Products that could not be read at all. */
  unread: number;
  position: number;
  record: number;
};

class TakenBack extends Error {}

/**
 * Brings a batch into the catalogue and notes how far it came, in one transaction: after a crash the next attempt goes on
 * behind it. A dry run does the same, takes it back, and keeps the notes.
 */
export async function applyBatch(services: Needs, batch: Batch): Promise<void> {
  const { database } = services;
  if (!batch.isDryRun) {
    await database.transaction(async () => note(services, batch, await bringIn(services, batch)));
    return;
  }
  let found: Brought | undefined;
  await database
    .transaction(async () => {
      found = await bringIn(services, batch);
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  const items = found!.items.map((item) => ({ ...item, productId: null, before: null }));
  await database.transaction(() => note(services, batch, { ...found!, items, wishes: [] }));
}

type Brought = { items: Item[]; faults: Fault[]; wishes: Wishes[] };

async function bringIn(services: Needs, batch: Batch): Promise<Brought> {
  const { catalog } = services;
  const faults: Fault[] = [];
  const again = await handlesOf(services, batch);
  const products = batch.products.filter(({ input: { handle }, row }) => {
    if (!again.has(handle)) return true;
    const message = `Expected all rows of '${handle}' next to each other, got more of them here`;
    faults.push({ row, field: 'handle', code: 'handleAgain', message, value: handle });
    return false;
  });
  const known = byHandle(await catalog.productsByHandle(products.map(({ input }) => input.handle)));
  const pictures = await picturesHere(services, products);

  const items: Item[] = [];
  const changes: { read: ReadProduct; wanted: ReturnType<typeof wantedOf> }[] = [];
  for (const read of products) {
    const there = known.get(read.input.handle);
    const here = read.pictures?.flatMap(({ url }) => pictures.get(url) ?? []);
    // While none of its pictures is here, a product keeps the ones it has.
    const ids = here && (here.length > 0 || read.pictures?.length === 0) ? here : undefined;
    const wanted = wantedOf(read, there, { ids, ofUrl: pictures });
    if (there && isSame(wanted, there)) {
      items.push(itemOf(there, 'unchanged'));
      continue;
    }
    changes.push({ read, wanted });
  }
  const results = changes.length > 0 ? await catalog.upsert(changes.map(({ wanted }) => wanted)) : [];
  const saved = byHandle(
    changes.length > 0 ? await catalog.productsByHandle(changes.map(({ wanted }) => wanted.handle)) : [],
  );
  for (const [index, { read, wanted }] of changes.entries()) {
    const result = results[index]!;
    if (!result.ok) faults.push(refusalFault(read, result));
    else {
      const before = known.get(wanted.handle);
      items.push(itemOf(saved.get(wanted.handle)!, before ? 'updated' : 'created', before));
    }
  }
  const present = new Map([...known, ...saved]);
  const done = products.filter(({ input }) => items.some(({ handle }) => handle === input.handle));
  const stock = await setStock(services, done, present);
  return {
    items: items.map((item) => withStock(item, stock.get(item.handle) ?? [])),
    faults,
    wishes: done.flatMap((read) => wishesOf(read, present, pictures)),
  };
}

/** Handles of this run that were dealt with in an earlier batch. */
async function handlesOf({ database, stores }: Needs, { runId, products }: Batch): Promise<Set<string>> {
  const rows = await database.query<{ handle: string }>(
    'select handle from import.items where store_id = $1 and run_id = $2 and handle = any($3)',
    [stores.current().id, runId, products.map(({ input }) => input.handle)],
  );
  return new Set(rows.map(({ handle }) => handle));
}

/** Pictures of these products that need not be fetched: the store's own, and those of an earlier import. */
async function picturesHere(
  { database, stores, media }: Needs,
  products: readonly ReadProduct[],
): Promise<ReadonlyMap<string, Id>> {
  const urls = [...new Set(products.flatMap(({ pictures = [] }) => pictures.map(({ url }) => url)))];
  if (urls.length === 0) return new Map();
  const rows = await database.query<{ url: string; mediaId: Id }>(
    'select url, media_id as "mediaId" from import.fetched where store_id = $1 and url = any($2)',
    [stores.current().id, urls],
  );
  const paths = new Map(urls.map((url) => [ownPath(url, stores.current().host), url]));
  paths.delete(undefined);
  const own = await media?.byPaths([...paths.keys()] as string[]);
  return new Map([
    ...rows.map(({ url, mediaId }) => [url, mediaId] as const),
    ...[...(own ?? [])].map(([path, id]) => [paths.get(path)!, id] as const),
  ]);
}

function ownPath(url: string, host: string): string | undefined {
  if (!URL.canParse(url)) return url.startsWith('/media/') ? url : undefined;
  const { host: named, pathname } = new URL(url);
  return named === host ? pathname : undefined;
}

/** Sets what the file says and the stock does not. */
async function setStock(
  { inventory }: Needs,
  products: readonly ReadProduct[],
  present: ReadonlyMap<string, Product>,
): Promise<ReadonlyMap<string, Stocked[]>> {
  if (!inventory) return new Map();
  const wishes = products.flatMap(({ input, variants }) =>
    variants.flatMap(({ stock, options }) => {
      const variant = present
        .get(input.handle)
        ?.variants.find((one) => keyOf(one.options) === keyOf(options));
      return stock && variant ? [{ ...stock, variantId: variant.id, handle: input.handle }] : [];
    }),
  );
  if (wishes.length === 0) return new Map();
  const levels = await inventory.levels(wishes.map(({ variantId }) => variantId));
  const isOther = ({ onHand, isBackOrderAllowed }: (typeof wishes)[0], level: StockLevel | undefined) =>
    !level?.isTracked ||
    level.onHand !== (onHand ?? 0) ||
    (isBackOrderAllowed !== undefined && level.isBackOrderAllowed !== isBackOrderAllowed);
  const counted = wishes.filter((wish) => wish.isTracked && isOther(wish, levels.get(wish.variantId)));
  const uncounted = wishes.filter((wish) => !wish.isTracked && levels.get(wish.variantId)?.isTracked);
  if (counted.length > 0) {
    await inventory.set(
      counted.map(({ variantId, onHand = 0, isBackOrderAllowed }) => ({
        variantId,
        onHand,
        ...(isBackOrderAllowed !== undefined && { isBackOrderAllowed }),
      })),
      { reason: 'import', kind: 'import' },
    );
  }
  if (uncounted.length > 0) await inventory.untrack(uncounted.map(({ variantId }) => variantId));
  const changed = [...counted, ...uncounted].map(({ handle, variantId, isTracked, onHand = 0 }) => ({
    handle,
    stocked: { variantId, before: levels.get(variantId), after: isTracked ? onHand : null },
  }));
  return new Map(
    [...Map.groupBy(changed, ({ handle }) => handle)].map(([handle, group]) => [
      handle,
      group.map(({ stocked }) => stocked),
    ]),
  );
}

/** A product whose stock alone changed is changed too. */
function withStock(item: Item, stock: readonly Stocked[]): Item {
  if (stock.length === 0) return item;
  const outcome = item.outcome === 'unchanged' ? 'updated' : item.outcome;
  return { ...item, outcome, before: { product: item.before?.product ?? null, stock } };
}

/** What is left to fetch of a product: all of its pictures, in order, so that the job can put them in place. */
function wishesOf(
  { input, pictures = [], variants }: ReadProduct,
  present: ReadonlyMap<string, Product>,
  here: ReadonlyMap<string, Id>,
): Wishes[] {
  if (pictures.every(({ url }) => here.has(url))) return [];
  const wanted = pictures.map((picture) => ({
    ...picture,
    variants: variants
      .filter(({ pictureUrl }) => pictureUrl === picture.url)
      .map(({ options }) => [...options]),
  }));
  return [{ productId: present.get(input.handle)!.id, wanted }];
}

/** One statement a table, and how far the run has come. */
async function note(
  { database, stores }: Needs,
  batch: Batch,
  { items, faults, wishes }: Brought,
): Promise<void> {
  const storeId = stores.current().id;
  const all = [...batch.faults, ...faults];
  const count = (outcome: Outcome) => items.filter((item) => item.outcome === outcome).length;
  if (items.length > 0) {
    await database.query(
      `insert into import.items (store_id, run_id, handle, outcome, product_id, version, before)
       select $1, $2, handle, outcome, "productId", version, before
       from jsonb_to_recordset($3) as item (handle text, outcome text, "productId" bigint, version int, before jsonb)
       on conflict do nothing`,
      [storeId, batch.runId, JSON.stringify(items)],
    );
  }
  if (all.length > 0) {
    await database.query(
      `insert into import.faults (store_id, run_id, record, field, code, message, value)
       select $1, $2, row, field, code, message, value
       from jsonb_to_recordset($3) as fault (row int, field text, code text, message text, value text)
       on conflict do nothing`,
      [storeId, batch.runId, JSON.stringify(all)],
    );
  }
  if (wishes.length > 0) {
    await database.query(
      `insert into import.pictures (store_id, run_id, product_id, wanted)
       select $1, $2, "productId", wanted
       from jsonb_to_recordset($3) as wish ("productId" bigint, wanted jsonb) on conflict do nothing`,
      [storeId, batch.runId, JSON.stringify(wishes)],
    );
  }
  const pictures = wishes.reduce((sum, { wanted }) => sum + wanted.length, 0);
  const refused = batch.products.length - items.length;
  await database.query(
    `update import.runs set position = greatest(position, $3), record = greatest(record, $4), created = created + $5, updated = updated + $6,
       unchanged = unchanged + $7, failed = failed + $8, pictures_wanted = pictures_wanted + $9
     where store_id = $1 and id = $2`,
    [
      ...[storeId, batch.runId, batch.position, batch.record],
      ...[count('created'), count('updated'), count('unchanged'), batch.unread + refused, pictures],
    ],
  );
}

function itemOf(product: Product, outcome: Outcome, before?: Product): Item {
  const { handle, id, version } = product;
  return {
    handle,
    outcome,
    productId: id,
    version,
    before: before ? { product: asInput(before), stock: [] } : null,
  };
}

function refusalFault(
  { row, input: { handle } }: ReadProduct,
  { refusal, details }: { refusal: string; details: Readonly<Record<string, unknown>> },
): Fault {
  const more = Object.keys(details).length > 0 ? `: ${JSON.stringify(details)}` : '';
  return {
    row,
    field: 'handle',
    code: refusal,
    message: `The catalogue refused '${handle}'${more}`,
    value: handle,
  };
}

function byHandle(products: readonly Product[]): Map<string, Product> {
  return new Map(products.map((product) => [product.handle, product]));
}
