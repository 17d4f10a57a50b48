import { type Collection, ok, refused, route, Type } from 'kontor/sdk';
import { page, sorts } from './collection-schemas.ts';

const forVisitors = { surface: 'shop', access: 'anyone' } as const;

const shopCollections = route({
  ...forVisitors,
  method: 'GET',
  path: '/collections',
  summary: 'Published collections, by title',
  async handler({ locale }, { catalog }) {
    const collections = await catalog.collections({ isPublished: true, locale });
    return { items: collections.map(forVisitor), next: null };
  },
});

const shopCollection = route({
  ...forVisitors,
  method: 'GET',
  path: '/collections/:handle',
  summary: 'A published collection and its products, in the order it has when no other is asked for',
  params: Type.Object({ handle: Type.String({ minLength: 1, maxLength: 120 }) }),
  query: Type.Object({
    ...page,
    sort: Type.Optional(sorts),
    minAmount: Type.Optional(Type.Integer({ minimum: 0 })),
    maxAmount: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  refusals: { notFound: 404 },
  async handler({ params, query, locale }, { catalog }) {
    const collection = await catalog.collectionByHandle(params.handle, { locale });
    if (!collection?.isPublished) return refused('notFound', { handle: params.handle });
    const { cards, next } = await catalog.cards({
      collectionId: collection.id,
      isVisible: true,
      sort: collection.sort,
      locale,
      ...query,
    });
    return ok({ collection: forVisitor(collection), items: cards, next });
  },
});

/** Less what only the team has to know. */
function forVisitor({ id, handle, title, description, picture, seo, sort }: Collection) {
  return { id, handle, title, description, picture, seo, sort };
}

export const shopCollectionRoutes = [shopCollections, shopCollection];
