import type { Catalog, Cradle } from 'kontor/sdk';

/** What of the catalogue's service is about products. */
export type Products = Omit<
  Catalog,
  'collections' | 'collectionByHandle' | 'saveCollection' | 'removeCollection'
>;

/**
 * Products of the current store.
 *
 * @param follow - called in the transaction of each change, with the ids of what was made or changed
 */
export function createProducts(_services: Cradle, _follow?: (productIds: readonly number[]) => Promise<void>): Products {
  return {} as Products;
}
