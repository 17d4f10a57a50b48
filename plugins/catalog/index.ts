import { definePlugin, defineRoutes, Type } from 'kontor/sdk';
import './contract.ts';
import { placeByStock } from './hooks/place-by-stock.ts';
import { fillCollection } from './jobs/fill-collection.ts';
import { collectionRoutes } from './routes/collections.ts';
import { metafieldRoutes } from './routes/metafields.ts';
import { metaobjectRoutes } from './routes/metaobjects.ts';
import { shopCollectionRoutes } from './routes/shop-collections.ts';
import { createCatalog } from './services/catalog.ts';

const id = Type.Integer();

export default definePlugin({
  services: { catalog: createCatalog },
  declares: {
    events: {
      'catalog.product_saved': { payload: Type.Object({ productId: id }) },
      'catalog.products_saved': { payload: Type.Object({ productIds: Type.Array(id) }) },
      'catalog.product_removed': { payload: Type.Object({ productId: id }) },
      'catalog.collection_saved': { payload: Type.Object({ collectionId: id }) },
    },
  },
  routes: defineRoutes([
    ...collectionRoutes,
    ...shopCollectionRoutes,
    ...metafieldRoutes,
    ...metaobjectRoutes,
  ]),
  events: { 'inventory.changed': placeByStock },
  jobs: { 'catalog.fill-collection': fillCollection },
});
