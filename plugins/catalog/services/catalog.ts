import type { Catalog, Cradle } from 'kontor/sdk';
import { createCollectionPage } from './collection-page.ts';
import { createCollections } from './collections.ts';
import { createMetafields } from './metafields.ts';
import { createMetaobjects } from './metaobjects.ts';
import { createProducts } from './products.ts';

/** The catalogue of the current store, put together from its parts. */
export function createCatalog(services: Cradle): Catalog {
  return {
    ...createProducts(services),
    ...createCollections(services),
    ...createCollectionPage(services),
    ...createMetafields(services),
    ...createMetaobjects(services),
  };
}
