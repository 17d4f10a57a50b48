import { definePlugin, defineRoutes } from 'kontor/sdk';
import './contract.ts';
import { followCollection, followProduct, followProducts, followRemoved } from './hooks/follow-catalog.ts';
import { indexCollection } from './jobs/index-collection.ts';
import { indexProducts } from './jobs/index-products.ts';
import { reindex } from './jobs/reindex.ts';
import { tidyWords } from './jobs/tidy-words.ts';
import { shopRoutes } from './routes/shop.ts';
import { teamRoutes } from './routes/team.ts';
import { createSearch } from './services/search.ts';

export default definePlugin({
  services: { search: createSearch },
  declares: { points: { searchEngines: {} } },
  routes: defineRoutes([...shopRoutes, ...teamRoutes]),
  events: {
    'catalog.product_saved': followProduct,
    'catalog.products_saved': followProducts,
    'catalog.product_removed': followRemoved,
    'catalog.collection_saved': followCollection,
  },
  jobs: {
    'search.reindex': reindex,
    'search.index-products': indexProducts,
    'search.index-collection': indexCollection,
    'search.tidy-words': tidyWords,
  },
});
