import type { LiquidDrop } from 'kontor/sdk';
import type { Globals, Page } from './page.ts';
import { articleDrop, blogDrop, contentPageDrop } from './drops/content.ts';
import { cartDrop } from './drops/cart.ts';
import { collectionsDrop } from './drops/collection.ts';
import { countryOptions } from './country-options.ts';
import { customerDrop } from './drops/customer.ts';
import { lookupDrop, no, none } from './drops/drop.ts';
import { menusDrop } from './drops/menu.ts';
import { metaobjectDrop } from './drops/metafields.ts';
import { productOf } from './drops/product.ts';
import { routesDrop } from './drops/routes.ts';
import { settingsDrop } from './drops/settings.ts';
import { localizationDrop, requestDrop, shopDrop, templateDrop, themeDrop } from './drops/shop.ts';
import { contentForHeader } from './content-for-header.ts';

/** Everything that a template of any page can name. */
export const GLOBALS: Readonly<Record<string, (page: Page) => unknown>> = {
  shop: (page) => shopDrop({ page }),
  request: (page) => requestDrop({ page }),
  routes: () => routesDrop({}),
  settings: (page) =>
    settingsDrop(page, { definitions: page.code.schema.settings, values: page.code.settings.values }),
  localization: (page) => localizationDrop({ page, country: page.subject.country as string }),
  theme: (page) => themeDrop({ page }),
  template: (page) => templateDrop({ page }),
  cart: (page) => cartDrop({ page, cart: page.cart }),
  customer: (page) => (page.customer ? customerDrop({ page, customer: page.customer }) : null),
  collections: (page) =>
    collectionsDrop(page, page.subject.collectionEntry as { handle: string; drop: LiquidDrop }),
  all_products: (page) =>
    lookupDrop((handle) => {
      const product = page.wants.get('product', handle);
      return product ? productOf(page, product) : product;
    }),
  linklists: (page) => menusDrop(page),
  pages: (page) =>
    lookupDrop((handle) => {
      const found = page.wants.get('contentPage', handle);
      return found ? contentPageDrop({ page, found }) : found;
    }),
  blogs: (page) =>
    lookupDrop((handle) => {
      const found = page.wants.get('blog', handle);
      return found ? blogDrop({ page, blog: found }) : found;
    }),
  articles: (page) =>
    lookupDrop((key) => {
      const found = page.wants.get('article', key);
      return found ? articleDrop({ page, article: found }) : found;
    }),
  images: () => lookupDrop(none),
  metaobjects: (page) =>
    lookupDrop((type) =>
      lookupDrop((handle) => {
        const found = page.wants.get('metaobject', `${type}/${handle}`);
        return found ? metaobjectDrop(found) : found;
      }),
    ),
  closest: (page) =>
    lookupDrop((name) => {
      if (!CLOSEST.has(name)) return null;
      return page.pass.closest[name] ?? page.subject[name] ?? null;
    }),
  canonical_url: (page) => `${page.origin}${page.asked.path}`,
  page_title: (page) => page.store.name,
  page_description: none,
  page_image: none,
  handle: none,
  current_page: (page) => Math.max(1, Math.trunc(Number(page.asked.query.get('page'))) || 1),
  current_tags: none,
  powered_by_link: () => '',
  content_for_header: (page) => contentForHeader(page),
  content_for_index: () => '',
  content_for_layout: () => '',
  content_for_additional_checkout_buttons: () => '',
  additional_checkout_buttons: no,
  all_country_option_tags: (page) => countryOptions(page.locale),
  country_option_tags: (page) => countryOptions(page.locale),
  scripts: none,
};

const CLOSEST = new Set(['product', 'collection', 'article', 'blog', 'page', 'metaobject']);

/** The globals of a pass: each made when it is first named. */
export function globalsOf(page: Page): Globals {
  const known = new Map<string, unknown>();
  return {
    liquidGet(name) {
      if (Object.hasOwn(page.subject, name) && !HIDDEN.has(name)) return page.subject[name];
      if (known.has(name)) return known.get(name);
      if (!Object.hasOwn(GLOBALS, name)) return undefined;
      const value = GLOBALS[name]!(page);
      if (value !== undefined) known.set(name, value);
      return value;
    },
  };
}

const HIDDEN = new Set(['collectionEntry', 'country']);

/** The same with names of one section or block before them. */
export function globalsWith(globals: Globals, more: Readonly<Record<string, unknown>>): Globals {
  return { liquidGet: (name) => (Object.hasOwn(more, name) ? more[name] : globals.liquidGet(name)) };
}
