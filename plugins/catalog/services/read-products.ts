import type { Catalog, Cradle, Id, Product } from 'kontor/sdk';
import { localise } from './localise.ts';
import { lowestBefore } from './lowest-price.ts';
import { PRODUCT, productOf, type ProductRow, VISIBLE } from './rows.ts';

const LARGEST = 100;

type PriceStep = readonly [variantId: Id, amount: number, changedAt: string];

/** What reduced variants of a product `p` cost over time, in the currency $4. */
const STEPS = `, (
  select coalesce(jsonb_agg(jsonb_build_array(h.variant_id, h.amount, h.changed_at) order by h.changed_at, h.id), '[]')
  from catalog.price_history h
  where h.store_id = $1 and h.currency = $4 and h.variant_id in (
    select (v ->> 'id')::bigint from jsonb_array_elements(p.variants) v
    where (v ->> 'compareAtAmount')::bigint > (v ->> 'amount')::bigint)) as steps`;

/** Whole products, each call by one statement. */
export function createReadProducts({
  clock,
  database,
  stores,
}: Pick<Cradle, 'clock' | 'database' | 'stores'>): Pick<
  Catalog,
  'product' | 'productByHandle' | 'productsByHandle' | 'productsById' | 'productsAfter'
> {
  return {
    async product(id, { locale } = {}) {
      const [row] = await database.read<ProductRow>(
        'product',
        `select ${PRODUCT} from catalog.products p where p.store_id = $1 and p.id = $2`,
        [stores.current().id, id],
      );
      return row && localise(productOf(row), locale);
    },
    async productByHandle(handle, { locale, isWithLowest = false } = {}) {
      const store = stores.current();
      const [row] = await database.read<ProductRow & { steps?: PriceStep[] }>(
        isWithLowest ? 'product-by-handle-priced' : 'product-by-handle',
        `select ${PRODUCT} ${isWithLowest ? STEPS : ''} from catalog.handles h join catalog.products p on p.store_id = $1 and p.id = h.product_id
         where h.store_id = $1 and h.handle = $3 and ${VISIBLE}`,
        [store.id, clock.now(), handle, ...(isWithLowest ? [store.currency] : [])],
      );
      return row && localise(withLowest(productOf(row), row.steps), locale);
    },
    async productsByHandle(handles) {
      const rows = await database.read<ProductRow>(
        'products-by-handle',
        `select ${PRODUCT} from catalog.handles h join catalog.products p on p.store_id = $1 and p.id = h.product_id
         where h.store_id = $1 and h.handle = any($2) and p.handle = h.handle`,
        [stores.current().id, handles],
      );
      return rows.map(productOf);
    },
    async productsById(ids) {
      const rows = await database.read<ProductRow>(
        'products-by-id',
        `select ${PRODUCT} from catalog.products p where p.store_id = $1 and p.id = any($2) order by p.id`,
        [stores.current().id, ids.slice(0, LARGEST)],
      );
      return rows.map(productOf);
    },
    async productsAfter(id, { limit = LARGEST } = {}) {
      const rows = await database.read<ProductRow>(
        'products-after',
        `select ${PRODUCT} from catalog.products p where p.store_id = $1 and p.id > $2 order by p.id limit $3`,
        [stores.current().id, id, Math.min(limit, LARGEST)],
      );
      return rows.map(productOf);
    },
  };
}

function withLowest(product: Product, steps: readonly PriceStep[] = []): Product {
  if (steps.length === 0) return product;
  const byVariant = Map.groupBy(steps, ([variantId]) => variantId);
  const variants = product.variants.map((variant) => {
    const own = byVariant.get(variant.id)?.map(([, amount, at]) => ({ amount, changed_at: new Date(at) }));
    const lowest = own && lowestBefore(own);
    return typeof lowest === 'number' ? { ...variant, lowestRecentAmount: lowest } : variant;
  });
  return { ...product, variants };
}
