import { type Cradle, type ProductCard, refused, type Route, route, Type } from 'kontor/sdk';
import { ByHandle, forVisitors } from '../../routes/shared.ts';
import { pageLocale } from '../../services/locale.ts';
import { idKey } from '../data/wants.ts';
import { cents } from '../drops/money.ts';
import { productOfCard } from '../drops/product.ts';
import { predictiveDrop, recommendationsDrop } from '../drops/search.ts';
import { answerPage, queryOf } from '../pages/answer-page.ts';
import type { Asking } from '../pages/open-page.ts';
import { cleaned, type Spec } from '../pages/specs.ts';
import { localised } from '../data/localised.ts';
import { productsJson } from './product-data.ts';

const Anything = Type.Object({});
const MOST_FOUND = 10;
const visitors = { ...forVisitors, query: Anything } as const;

/** What scripts of themes ask for besides the cart. */
export const dataRoutes: readonly Route[] = [
  ...['/search/suggest', '/search/suggest.json'].map((path) =>
    route({ ...visitors, path, summary: 'What is found while somebody types', handler: suggest }),
  ),
  ...['/recommendations/products', '/recommendations/products.json'].map((path) =>
    route({
      ...visitors,
      path,
      summary: 'Products that go with another',
      refusals: { notFound: 404 },
      handler: recommend,
    }),
  ),
  route({
    ...visitors,
    path: '/collections/:handle/products.json',
    summary: 'Products of a collection, for scripts',
    params: ByHandle,
    refusals: { notFound: 404 },
    async handler(request, services) {
      const { handle } = request.params;
      const asked = queryOf(request.query);
      const locale = pageLocale(request as unknown as Asking);
      const limit = Math.min(100, Math.max(1, Math.trunc(Number(asked.get('limit'))) || 30));
      const { catalog } = services;
      const found =
        handle === 'all'
          ? await catalog.cards({ isVisible: true, locale, limit })
          : await catalog.collectionPage(handle, { locale, limit });
      if (!found) return refused('notFound');
      const ids = found.cards.map(({ id }) => id);
      const byId = new Map(
        (ids.length > 0 ? await catalog.productsById(ids) : []).map((one) => [one.id, one]),
      );
      const products = ids.flatMap((id) => byId.get(id) ?? []).map((one) => localised(one, locale));
      return { products: await productsJson(request as unknown as Asking, services, products) };
    },
  }),
  route({
    ...visitors,
    path: '/variants/:id',
    summary: 'A section that shows one variant',
    params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
    refusals: { notFound: 404 },
    async handler(request, services) {
      const asking = request as unknown as Asking;
      const locale = pageLocale(asking);
      const lines = [{ variantId: request.params.id, quantity: 1 }];
      const [found] = await services.catalog.sellable({ lines, currency: request.store.currency, locale });
      if (!found?.isForSale) return refused('notFound');
      const path = `/products/${encodeURIComponent(found.handle)}`;
      return (await answerPage(asking, services, { path })) ?? refused('notFound');
    },
  }),
];

async function suggest(request: unknown, services: Cradle): Promise<unknown> {
  const asking = request as Asking;
  const asked = queryOf(asking.query);
  const text = cleaned(asked.get('q') ?? '');
  const limit = Math.min(MOST_FOUND, Math.max(1, Number(asked.get('resources[limit]')) || MOST_FOUND));
  if (asked.has('section_id') || asked.has('sections')) {
    const spec: Spec = {
      kind: 'search',
      name: 'search',
      begin: async ({ page }) => ({
        subject: {
          predictive_search: predictiveDrop({ page, text, limit }),
          page_title: page.say('search.label'),
        },
      }),
    };
    return (
      (await answerPage(asking, services, { path: '/search/suggest', spec })) ?? {
        resources: { results: {} },
      }
    );
  }
  const locale = pageLocale(asking);
  const { search, catalog } = services;
  const found =
    text === ''
      ? { cards: [] }
      : search
        ? await search.search({ text, limit, locale })
        : await catalog.cards({ text, limit, locale, isVisible: true });
  const products = found.cards.map((card) => cardJson(card, asking.store.currency));
  asking.reply.header('cache-control', 'private, no-cache');
  return { resources: { results: { products, collections: [], pages: [], articles: [], queries: [] } } };
}

function cardJson(card: ProductCard, currency: string): object {
  const money = (amount: number | null) => ((amount === null ? 0 : cents(amount, currency)) / 100).toFixed(2);
  const { picture } = card;
  const image = picture?.path ?? null;
  return {
    available: true,
    body: '',
    compare_at_price_max: money(card.compareAtAmount),
    compare_at_price_min: money(card.compareAtAmount),
    handle: card.handle,
    id: card.id,
    image,
    price: money(card.minAmount),
    price_max: money(card.maxAmount),
    price_min: money(card.minAmount),
    tags: [],
    title: card.title,
    type: card.type,
    url: `/products/${encodeURIComponent(card.handle)}`,
    variants: [],
    vendor: card.vendor,
    featured_image: picture
      ? {
          alt: card.title,
          aspect_ratio: picture.width / picture.height,
          height: picture.height,
          url: image,
          width: picture.width,
        }
      : { alt: null, aspect_ratio: null, height: null, url: null, width: null },
  };
}

async function recommend(request: unknown, services: Cradle): Promise<unknown> {
  const asking = request as Asking;
  const asked = queryOf(asking.query);
  const id = Number(asked.get('product_id'));
  const limit = Math.min(10, Math.max(1, Number(asked.get('limit')) || 10));
  const intent = asked.get('intent') === 'complementary' ? 'complementary' : 'related';
  if (!Number.isSafeInteger(id) || id < 1) return refused('notFound');
  if (asked.has('section_id') || asked.has('sections')) {
    const spec: Spec = {
      kind: 'product',
      name: 'product',
      async begin({ page, load }) {
        page.wants.want('recommended', idKey(id));
        page.wants.want('productById', idKey(id));
        await load();
        const cards = intent === 'related' ? (page.wants.get('recommended', idKey(id)) ?? []) : [];
        const items = cards.slice(0, limit).map((card) => productOfCard(page, card));
        return {
          subject: {
            recommendations: recommendationsDrop({ page, items, intent }),
            page_title: page.store.name,
          },
        };
      },
    };
    return (
      (await answerPage(asking, services, { path: '/recommendations/products', spec })) ?? refused('notFound')
    );
  }
  const locale = pageLocale(asking);
  const [product] = await services.catalog.productsById([id]);
  const [collectionId] = product?.collectionIds ?? [];
  if (product?.state !== 'active') return refused('notFound');
  const query = {
    isVisible: true,
    locale,
    limit: limit + 1,
    ...(collectionId !== undefined && { collectionId }),
  };
  const { cards } = intent === 'related' ? await services.catalog.cards(query) : { cards: [] };
  const ids = cards.flatMap((card) => (card.id === id ? [] : card.id)).slice(0, limit);
  const byId = new Map(
    (ids.length > 0 ? await services.catalog.productsById(ids) : []).map((one) => [one.id, one]),
  );
  const products = ids.flatMap((one) => byId.get(one) ?? []).map((one) => localised(one, locale));
  return { intent, products: await productsJson(asking, services, products) };
}
