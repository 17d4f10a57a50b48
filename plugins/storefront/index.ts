import { definePlugin, defineRoutes } from 'kontor/sdk';
import { asset } from './routes/assets.ts';
import { addToCart, cartPage, changeCart } from './routes/cart.ts';
import { collection, collections, home, product, search } from './routes/shop.ts';

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
  ]),
});
