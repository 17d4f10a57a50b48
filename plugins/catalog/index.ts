import { definePlugin, Type } from 'kontor/sdk';
import './contract.ts';
import { placeByStock } from './hooks/place-by-stock.ts';
import { fillCollection } from './jobs/fill-collection.ts';
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
  events: { 'inventory.changed': placeByStock },
  jobs: { 'catalog.fill-collection': fillCollection },
});
