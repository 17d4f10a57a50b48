import { type Cradle, refused, type Route, route, Type } from 'kontor/sdk';
import { cartPage } from '../../routes/cart.ts';
import { collection, collections } from '../../routes/collections.ts';
import { home } from '../../routes/home.ts';
import { anythingElse } from '../../routes/not-found.ts';
import { product } from '../../routes/product.ts';
import { search } from '../../routes/search.ts';
import { ByHandle, forVisitors } from '../../routes/shared.ts';
import { notFound } from '../../pages/not-found.ts';
import { answerNotFound, answerPage } from '../pages/answer-page.ts';
import type { Asking } from '../pages/open-page.ts';
import { productData } from './product-data.ts';

const Anything = Type.Object({});

/** By the theme when there is one that can show it, else by the plain page. */
function themed(plain: Route, path: (params: Record<string, string>) => string): Route {
  return {
    ...plain,
    query: plain.query ?? Anything,
    async handler(request, services) {
      const asking = request as unknown as Asking;
      const shown = await answerPage(asking, services, {
        path: path((asking.params ?? {}) as Record<string, string>),
      });
      return shown ?? plain.handler(request, services);
    },
  };
}

const enc = encodeURIComponent;

/** Pages that only themes have. */
const alone = (path: string, summary: string, fill: (params: Record<string, string>) => string): Route =>
  route({
    ...forVisitors,
    path,
    summary,
    params: Type.Object(
      Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name]) => [name!, Type.String()])),
    ),
    query: Anything,
    refusals: { notFound: 404 },
    handler: async (request, services) => {
      const asking = request as unknown as Asking;
      const address = fill(request.params as Record<string, string>);
      return (await answerPage(asking, services, { path: address })) ?? notHere(asking, services, address);
    },
  });

async function notHere(request: Asking, services: Cradle, path: string): Promise<unknown> {
  const isForPeople = String(request.headers.accept ?? '').includes('text/html');
  const page = isForPeople ? await answerNotFound(request, services, path) : undefined;
  return page ?? notFound(request as never, services);
}

export const pageRoutes: readonly Route[] = [
  themed(home, () => '/'),
  themed(collections, () => '/collections'),
  themed(collection, ({ handle }) => `/collections/${enc(handle!)}`),
  withData(themed(product, ({ handle }) => `/products/${enc(handle!)}`)),
  themed(search, () => '/search'),
  themed(cartPage, () => '/cart'),
  alone(
    '/collections/:handle/products/:product',
    'A product as one of a collection',
    ({ handle, product: name }) => `/collections/${enc(handle!)}/products/${enc(name!)}`,
  ),
  alone('/pages/:handle', 'A page of the store', ({ handle }) => `/pages/${enc(handle!)}`),
  alone('/policies/:handle', 'A policy of the store', ({ handle }) => `/policies/${enc(handle!)}`),
  alone('/blogs/:handle', 'A blog', ({ handle }) => `/blogs/${enc(handle!)}`),
  alone(
    '/blogs/:handle/:article',
    'An article',
    ({ handle, article }) => `/blogs/${enc(handle!)}/${enc(article!)}`,
  ),
  alone('/account', 'The account of a customer', () => '/account'),
  alone('/account/login', 'Sign in', () => '/account/login'),
  alone('/account/register', 'Open an account', () => '/account/register'),
  alone('/account/addresses', 'Addresses of a customer', () => '/account/addresses'),
  {
    ...anythingElse,
    query: Anything,
    async handler(request, services) {
      const asking = request as unknown as Asking;
      const path = (asking.params as { '*': string })['*'];
      if (path.startsWith('api/')) return refused('notFound');
      return notHere(asking, services, `/${path}`);
    },
  },
];

/** `/products/mug.js` and `/products/mug.json` are the same product as data. */
function withData(page: Route): Route {
  return {
    ...page,
    params: ByHandle,
    async handler(request, services) {
      const asking = request as unknown as Asking;
      const { handle } = asking.params as { handle: string };
      const [, name, end] = /^(.+)\.(js|json)$/.exec(handle) ?? [];
      if (!name) return page.handler(request, services);
      return productData(asking, services, { handle: name, isWrapped: end === 'json' });
    },
  };
}
