import { definePlugin, Type } from 'kontor/sdk';
import './contract.ts';
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
});
