import { definePlugin, defineRoutes } from 'kontor/sdk';
import { asset, icon } from './routes/assets.ts';
import { addToCart, cartPage, changeCart } from './routes/cart.ts';
import { collection, collections } from './routes/collections.ts';
import { home } from './routes/home.ts';
import { anythingElse } from './routes/not-found.ts';
import { product } from './routes/product.ts';
import { search } from './routes/search.ts';

export default definePlugin({
  routes: defineRoutes([
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
});
