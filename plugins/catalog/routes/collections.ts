import { ok, refused, route, Type } from 'kontor/sdk';
import { addToCollection, takeFromCollection } from '../actions/change-members.ts';
import { findCollection, pageOfCollections } from '../services/collections.ts';
import { byId, collectionChange, newCollection, page, sorts } from './collection-schemas.ts';

const toRead = { surface: 'store', access: { permission: 'catalog.read' } } as const;
const toWrite = { surface: 'store', access: { permission: 'catalog.write' } } as const;
const refusals = { notFound: 404, handleTaken: 409, changed: 409 };

const listCollections = route({
  ...toRead,
  method: 'GET',
  path: '/collections',
  summary: 'Collections by title; `text` is part of it',
  query: Type.Object({ ...page, text: Type.Optional(Type.String({ maxLength: 255 })) }),
  handler: ({ query }, services) => pageOfCollections(services, { limit: 24, ...query }),
});

const readCollection = route({
  ...toRead,
  method: 'GET',
  path: '/collections/:id',
  summary: 'One collection, with its rules and its texts in every language',
  params: byId,
  refusals,
  async handler({ params }, services) {
    const collection = await findCollection(services, params.id);
    return collection ? ok(collection) : refused('notFound', { collectionId: params.id });
  },
});

const createCollection = route({
  ...toWrite,
  method: 'POST',
  path: '/collections',
  summary: 'Makes a collection, filled by hand (`productIds`) or by `rules`',
  body: newCollection,
  refusals,
  async handler({ body, reply }, { catalog }) {
    const saved = await catalog.saveCollection(body);
    if (saved.ok) reply.status(201);
    return saved;
  },
});

const changeCollection = route({
  ...toWrite,
  method: 'PATCH',
  path: '/collections/:id',
  summary: 'Changes a collection; what is left out stays',
  params: byId,
  body: collectionChange,
  refusals,
  async handler({ params, body }, services) {
    const title = body.title ?? (await findCollection(services, params.id))?.title;
    if (title === undefined) return refused('notFound', { collectionId: params.id });
    return services.catalog.saveCollection({ ...body, ...params, title });
  },
});

const removeCollection = route({
  ...toWrite,
  method: 'DELETE',
  path: '/collections/:id',
  summary: 'Removes a collection; its products stay',
  params: byId,
  refusals,
  handler: ({ params }, { catalog }) => catalog.removeCollection(params.id),
});

const listMembers = route({
  ...toRead,
  method: 'GET',
  path: '/collections/:id/products',
  summary: 'Cards of the products in a collection, in any state; by position when nothing else is said',
  params: byId,
  query: Type.Object({ ...page, sort: Type.Optional(sorts) }),
  refusals,
  async handler({ params, query }, services) {
    if (!(await findCollection(services, params.id))) return refused('notFound', { collectionId: params.id });
    const { cards, next } = await services.catalog.cards({
      collectionId: params.id,
      sort: 'position',
      ...query,
    });
    return { items: cards, next };
  },
});

const addMembers = route({
  ...toWrite,
  method: 'POST',
  path: '/collections/:id/products',
  summary: 'Places products by hand, behind those that were placed before',
  params: byId,
  body: Type.Object({ productIds: Type.Array(Type.Integer(), { minItems: 1, maxItems: 500 }) }),
  refusals,
  handler: ({ params, body }, services) =>
    addToCollection(services, { collectionId: params.id, productIds: body.productIds }),
});

const removeMember = route({
  ...toWrite,
  method: 'DELETE',
  path: '/collections/:id/products/:productId',
  summary: 'Takes a product out that was placed by hand; it stays where rules want it',
  params: Type.Object({ id: Type.Integer(), productId: Type.Integer() }),
  refusals,
  handler: ({ params }, services) =>
    takeFromCollection(services, { collectionId: params.id, productId: params.productId }),
});

export const collectionRoutes = [
  listCollections,
  readCollection,
  createCollection,
  changeCollection,
  removeCollection,
  listMembers,
  addMembers,
  removeMember,
];
