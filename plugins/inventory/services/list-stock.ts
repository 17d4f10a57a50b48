import type { Catalog, Cradle, Id } from 'kontor/sdk';

export type StockQuery = {
  productId?: Id;
  /** Part of title, SKU or barcode. */
  text?: string;
  locationId?: Id;
  isLow?: boolean;
  after?: Id;
  limit: number;
};
type Place = {
  locationId: Id;
  name: string;
  onHand: number;
  reserved: number;
  available: number;
  bin: string;
};
/** A variant's stock as its team sees it. */
export type StockItem = {
  variantId: Id;
  product: { id: Id; title: string; variantTitle: string; sku: string } | null;
  isTracked: boolean;
  onHand: number;
  reserved: number;
  available: number;
  incoming: number;
  isBackOrderAllowed: boolean;
  lowAt: number | null;
  isLow: boolean;
  locations: Place[];
};
type Needs = Pick<Cradle, 'catalog' | 'database' | 'stores'>;

const MOST_PRODUCTS = 100; // a text that finds more should be longer

/**
 * Stock by variant, in order of ids. By product or text it shows variants that are not tracked too, so that somebody can
 * begin to.
 */
export async function listStock(services: Needs, query: StockQuery): Promise<StockItem[]> {
  const { catalog } = services as { catalog?: Catalog };
  const among = await variantsAmong(catalog, query);
  const isPlain = query.isLow === undefined && query.locationId === undefined;
  if (among && isPlain) {
    const after = among.filter((id) => id > (query.after ?? 0)).sort((left, right) => left - right);
    return readStock(services, after.slice(0, query.limit));
  }
  const { database, stores } = services;
  const rows = await database.query<{ id: Id }>(
    `select variant_id as id from inventory.items i
     where store_id = $1 and is_tracked and variant_id > $2 and ($3::bigint[] is null or variant_id = any ($3))
       and ($4::boolean is null or is_low = $4)
       and ($5::bigint is null or exists (
         select from inventory.levels l where l.store_id = $1 and l.variant_id = i.variant_id and l.location_id = $5))
     order by variant_id limit $6`,
    [
      stores.current().id,
      query.after ?? 0,
      among ?? null,
      query.isLow ?? null,
      query.locationId ?? null,
      query.limit,
    ],
  );
  return readStock(
    services,
    rows.map(({ id }) => id),
  );
}

/** undefined when nobody asked for a product or a text; none while the catalogue is off, which alone knows them. */
async function variantsAmong(
  catalog: Catalog | undefined,
  { productId, text }: StockQuery,
): Promise<Id[] | undefined> {
  if (productId === undefined && text === undefined) return undefined;
  if (productId !== undefined)
    return ((await catalog?.product(productId))?.variants ?? []).map(({ id }) => id);
  const { cards = [] } = (await catalog?.cards({ text: text!, limit: MOST_PRODUCTS })) ?? {};
  return cards.flatMap(({ variantIds }) => [...variantIds]);
}

/** Two queries, whatever the number: stock, and how the catalogue calls it. */
export async function readStock(services: Needs, variantIds: readonly Id[]): Promise<StockItem[]> {
  if (variantIds.length === 0) return [];
  const { catalog, database, stores } = services as Needs & { catalog?: Catalog };
  const { id: storeId, currency } = stores.current();
  const lines = variantIds.map((variantId) => ({ variantId, quantity: 1 }));
  const [rows, sellable = []] = await Promise.all([
    database.query<Omit<StockItem, 'product'>>(STOCK, [storeId, [...variantIds]]),
    catalog?.sellable({ lines, currency }),
  ]);
  const known = new Map(rows.map((row) => [row.variantId, row]));
  return variantIds.map((variantId) => {
    const product = sellable.find((one) => one.variantId === variantId);
    const { productId: id, title, variantTitle, sku } = product ?? {};
    return {
      ...(known.get(variantId) ?? untracked(variantId)),
      product: id === undefined ? null : { id, title: title!, variantTitle: variantTitle!, sku: sku! },
    };
  });
}

const STOCK = `
  select variant_id as "variantId", is_tracked as "isTracked", on_hand as "onHand", reserved,
    on_hand - reserved as available, incoming, is_back_order_allowed as "isBackOrderAllowed", low_at as "lowAt",
    is_low as "isLow", (
      select coalesce(json_agg(json_build_object('locationId', p.id, 'name', p.name, 'onHand', l.on_hand,
        'reserved', l.reserved, 'available', l.on_hand - l.reserved, 'bin', l.bin)
        order by p.is_default desc, p.position, p.id), '[]')
      from inventory.levels l join inventory.locations p on p.store_id = $1 and p.id = l.location_id
      where l.store_id = $1 and l.variant_id = i.variant_id) as locations
  from inventory.items i where store_id = $1 and variant_id = any ($2::bigint[])`;

function untracked(variantId: Id): Omit<StockItem, 'product'> {
  const none = {
    onHand: 0,
    reserved: 0,
    available: 0,
    incoming: 0,
    lowAt: null,
    isLow: false,
    locations: [],
  };
  return { variantId, isTracked: false, ...none, isBackOrderAllowed: true };
}
