import type { Catalog, Cradle } from 'kontor/sdk';
import { createProducts } from './products.ts';

/** The catalogue of the current store, put together from its parts. */
export function createCatalog(services: Cradle): Catalog {
  return { ...createProducts(services) } as Catalog;
}
