import type { Catalog, Cradle } from 'kontor/sdk';
import { localise } from './localise.ts';
import { PRODUCT, productOf, type ProductRow, VISIBLE } from './rows.ts';

const LARGEST = 100;

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
    async productByHandle(handle, { locale } = {}) {
      const [row] = await database.read<ProductRow>(
        'product-by-handle',
        `select ${PRODUCT} from catalog.handles h join catalog.products p on p.store_id = $1 and p.id = h.product_id
         where h.store_id = $1 and h.handle = $3 and ${VISIBLE}`,
        [stores.current().id, clock.now(), handle],
      );
      return row && localise(productOf(row), locale);
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
