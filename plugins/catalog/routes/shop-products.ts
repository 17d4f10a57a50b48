import { ok, refused, route, Type } from 'kontor/sdk';
import { isAvailable, levelsOf } from '../services/stock-of-cards.ts';
import { shopCard, shopProduct } from '../services/shop-views.ts';
import { page, sorts } from './collection-schemas.ts';
import { filters } from './product-schemas.ts';

const forVisitors = { surface: 'shop', access: 'anyone' } as const;

const shopProducts = route({
  ...forVisitors,
  method: 'GET',
  path: '/products',
  summary: 'Products on sale, with price, picture and whether they can be had',
  query: Type.Object({ ...page, sort: Type.Optional(sorts), ...filters }),
  async handler({ query, locale, store }, services) {
    const { cards, next } = await services.catalog.cards({ ...query, isVisible: true, locale });
    const levels = await levelsOf(
      services,
      cards.flatMap(({ variantIds }) => variantIds),
    );
    const items = cards.map((card) =>
      shopCard(card, {
        currency: store.currency,
        isAvailable: card.variantIds.some((id) => isAvailable(levels, id)),
      }),
    );
    return { items, next };
  },
});

const shopOneProduct = route({
  ...forVisitors,
  method: 'GET',
  path: '/products/:handle',
  summary: 'A product on sale; where `handle` is another than asked for, it has moved there',
  params: Type.Object({ handle: Type.String({ minLength: 1, maxLength: 255 }) }),
  refusals: { notFound: 404 },
  async handler({ params, locale, store }, services) {
    const product = await services.catalog.productByHandle(params.handle, { locale });
    if (!product) return refused('notFound', { handle: params.handle });
    const levels = await levelsOf(
      services,
      product.variants.map(({ id }) => id),
    );
    return ok(
      shopProduct(product, { currency: store.currency, isAvailable: (id) => isAvailable(levels, id) }),
    );
  },
});

export const shopProductRoutes = [shopProducts, shopOneProduct];
