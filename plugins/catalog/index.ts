import { definePlugin, defineRoutes, Type } from 'kontor/sdk';
import './contract.ts';
import { followPicture } from './hooks/follow-picture.ts';
import { placeByStock } from './hooks/place-by-stock.ts';
import { changeProducts } from './jobs/change-products.ts';
import { fillCollection } from './jobs/fill-collection.ts';
import { pictureUsage } from './points/picture-usage.ts';
import { bulkRoutes } from './routes/bulk.ts';
import { collectionRoutes } from './routes/collections.ts';
import { metafieldRoutes } from './routes/metafields.ts';
import { metaobjectRoutes } from './routes/metaobjects.ts';
import { productRoutes } from './routes/products.ts';
import { shopCollectionRoutes } from './routes/shop-collections.ts';
import { shopProductRoutes } from './routes/shop-products.ts';
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
    ...productRoutes,
    ...bulkRoutes,
    ...shopProductRoutes,
    ...collectionRoutes,
    ...shopCollectionRoutes,
    ...metafieldRoutes,
    ...metaobjectRoutes,
  ]),
  events: {
    'inventory.changed': placeByStock,
    'media.changed': followPicture,
    'media.removed': followPicture,
  },
  points: { mediaUsages: (services) => [pictureUsage(services)] },
  jobs: { 'catalog.change-products': changeProducts, 'catalog.fill-collection': fillCollection },
});
