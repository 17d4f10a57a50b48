import { defineDrop } from './drop.ts';

/** Where the pages of a store are. */
export const ROUTES = {
  root_url: '/',
  account_url: '/account',
  account_login_url: '/account/login',
  account_logout_url: '/account/logout',
  account_recover_url: '/account/recover',
  account_register_url: '/account/register',
  account_addresses_url: '/account/addresses',
  account_profile_url: '/account',
  storefront_login_url: '/account/login',
  login_url: '/account/login',
  collections_url: '/collections',
  all_products_collection_url: '/collections/all',
  search_url: '/search',
  predictive_search_url: '/search/suggest',
  cart_url: '/cart',
  cart_add_url: '/cart/add',
  cart_change_url: '/cart/change',
  cart_clear_url: '/cart/clear',
  cart_update_url: '/cart/update',
  product_recommendations_url: '/recommendations/products',
  checkout_url: '/checkout',
} as const;

export const routesDrop = defineDrop<object>(
  'routes',
  Object.fromEntries(Object.entries(ROUTES).map(([name, address]) => [name, () => address])),
);
