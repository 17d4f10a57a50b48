import { definePlugin, defineRoutes, Type } from 'kontor/sdk';
import './contract.ts';
import { asset, icon } from './routes/assets.ts';
import { addToCart, cartPage, changeCart } from './routes/cart.ts';
import { collection, collections } from './routes/collections.ts';
import { home } from './routes/home.ts';
import { anythingElse } from './routes/not-found.ts';
import { product } from './routes/product.ts';
import { search } from './routes/search.ts';
import { tidyThemes } from './themes/jobs/tidy-themes.ts';
import { dropLeftovers } from './themes/library/take-in.ts';
import { createThemes } from './themes/library/themes.ts';
import { themeRoutes } from './themes/routes/index.ts';

export default definePlugin({
  services: { themes: (services) => createThemes(services) },
  declares: {
    events: {
      'theme.published': { payload: Type.Object({ themeId: Type.Integer(), number: Type.Integer() }) },
    },
  },
  jobs: { 'storefront.tidy-themes': tidyThemes },
  routes: defineRoutes([
    ...themeRoutes,
    home,
    collections,
    collection,
    product,
    search,
    cartPage,
    addToCart,
    changeCart,
    asset,
    icon,
    anythingElse,
  ]),
  start: dropLeftovers,
});
