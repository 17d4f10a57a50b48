import type { Catalog, Cradle } from 'kontor/sdk';
import { duplicateProduct } from '../actions/duplicate-product.ts';
import { removeProduct } from '../actions/remove-product.ts';
import { saveProduct } from '../actions/save-product.ts';
import { saveProducts } from '../actions/save-products.ts';
import { createLowestPrice } from './lowest-price.ts';
import { createReadCards } from './read-cards.ts';
import { createReadProducts } from './read-products.ts';
import { createReadSellable } from './read-sellable.ts';

/** What of the catalogue's service is about products. */
export type Products = Pick<
  Catalog,
  | 'product'
  | 'productByHandle'
  | 'productsByHandle'
  | 'productsById'
  | 'productsAfter'
  | 'cards'
  | 'sellable'
  | 'lowestRecentAmount'
  | 'create'
  | 'update'
  | 'remove'
  | 'duplicate'
  | 'upsert'
>;

/** Products of the current store. */
export function createProducts(services: Cradle): Products {
  return {
    ...createReadProducts(services),
    ...createReadCards(services),
    ...createReadSellable(services),
    ...createLowestPrice(services),
    create: (input) => saveProduct(services, { change: input }),
    update: (id, { version, ...change }) => saveProduct(services, { id, version, change }),
    remove: (id) => removeProduct(services, id),
    duplicate: (id, title) => duplicateProduct(services, { id, title }),
    upsert: (inputs) =>
      saveProducts(
        services,
        inputs.map((change) => ({ handle: change.handle, change })),
        { isBatch: true },
      ) as ReturnType<Catalog['upsert']>,
  };
}
