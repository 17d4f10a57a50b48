import type { Database, Id, Product } from 'kontor/sdk';
import { PRODUCT, productOf, type ProductRow } from '../services/rows.ts';

export type Loaded = { product: Product; changedBy: string };
type Where = { database: Database; storeId: Id };

/**
 * Makes all who change products of a store wait for one another until the transaction ends. So handles and SKUs that are
 * free when asked for are free when taken, and nothing has to be taken back.
 */
export async function lockProducts({ database, storeId }: Where): Promise<void> {
  await database.query(`select pg_advisory_xact_lock(hashtextextended('catalog.products', $1))`, [storeId]);
}

/** Products by id or by handle; one statement. */
export async function loadProducts(
  { database, storeId }: Where,
  { ids, handles }: { ids: readonly Id[]; handles: readonly string[] },
): Promise<Loaded[]> {
  if (ids.length + handles.length === 0) return [];
  const rows = await database.query<ProductRow>(
    `select ${PRODUCT} from catalog.products p where p.store_id = $1 and p.id = any($2::bigint[] || array(
       select product_id from catalog.handles where store_id = $1 and handle = any($3) and is_current))`,
    [storeId, ids, handles],
  );
  return rows.map((row) => ({ product: productOf(row), changedBy: row.changed_by }));
}

/** Which products have handles and SKUs that others want; one statement. */
export async function loadTaken(
  { database, storeId }: Where,
  { handles, skus }: { handles: readonly string[]; skus: readonly string[] },
): Promise<{ handles: Map<string, Id>; skus: Map<string, Id> }> {
  if (handles.length + skus.length === 0) return { handles: new Map(), skus: new Map() };
  const rows = await database.query<{ kind: 'handle' | 'sku'; value: string; product_id: Id }>(
    `select 'handle' as kind, handle as value, product_id from catalog.handles
       where store_id = $1 and handle = any($2) and is_current
     union all
     select 'sku', sku, product_id from catalog.variants where store_id = $1 and sku = any($3) and sku <> ''`,
    [storeId, handles, skus],
  );
  const of = (kind: string) =>
    new Map(rows.filter((row) => row.kind === kind).map(({ value, product_id }) => [value, product_id]));
  return { handles: of('handle'), skus: of('sku') };
}
