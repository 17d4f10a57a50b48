import { ok, refused, route, Type } from 'kontor/sdk';
import { productValues } from '../services/product-values.ts';
import { availableOf, levelsOf } from '../services/stock-of-cards.ts';
import { page, sorts } from './collection-schemas.ts';
import { byId, filters, inputOf, newProduct, productChange, states } from './product-schemas.ts';

const toRead = { surface: 'store', access: { permission: 'catalog.read' } } as const;
const toWrite = { surface: 'store', access: { permission: 'catalog.write' } } as const;
const bodyLimit = 4 * 1024 * 1024; // 2,000 variants with their prices
const refusals = {
  notFound: 404,
  handleTaken: 409,
  skuTaken: 409,
  changed: 409,
  limitReached: 403,
  overLimit: 403,
};

const listProducts = route({
  ...toRead,
  method: 'GET',
  path: '/products',
  summary: 'Cards of products with what is available of each, newest first when no order is asked for',
  query: Type.Object({ ...page, sort: Type.Optional(sorts), state: Type.Optional(states), ...filters }),
  async handler({ query, store }, services) {
    const { cards, next } = await services.catalog.cards(query);
    const levels = await levelsOf(
      services,
      cards.flatMap(({ variantIds }) => variantIds),
    );
    const items = cards.map((card) => ({
      ...card,
      currency: store.currency,
      available: availableOf(levels, card),
    }));
    return { items, next };
  },
});

const listValues = route({
  ...toRead,
  method: 'GET',
  path: '/products/values',
  summary: 'Vendors, types and tags that products have; 500 of each at most',
  handler: (_, services) => productValues(services),
});

const readProduct = route({
  ...toRead,
  method: 'GET',
  path: '/products/:id',
  summary: 'One product, with its texts in every language',
  params: byId,
  refusals,
  async handler({ params }, { catalog }) {
    const product = await catalog.product(params.id);
    return product ? ok(product) : refused('notFound', { productId: params.id });
  },
});

const createProduct = route({
  ...toWrite,
  method: 'POST',
  path: '/products',
  summary: 'Makes a product; a draft unless it says otherwise',
  body: newProduct,
  bodyLimit,
  refusals,
  async handler({ body, reply }, { catalog }) {
    const made = await catalog.create(inputOf(body));
    if (made.ok) reply.status(201);
    return made;
  },
});

const changeProduct = route({
  ...toWrite,
  method: 'PATCH',
  path: '/products/:id',
  summary: 'Changes a product; what is left out stays, but a variant left out of `variants` is removed',
  params: byId,
  body: productChange,
  bodyLimit,
  refusals,
  handler: ({ params, body }, { catalog }) => catalog.update(params.id, inputOf(body)),
});

const removeProduct = route({
  ...toWrite,
  method: 'DELETE',
  path: '/products/:id',
  summary: 'Removes a product for good; orders keep their own copy of what was bought',
  params: byId,
  refusals,
  handler: ({ params }, { catalog }) => catalog.remove(params.id),
});

const duplicateProduct = route({
  ...toWrite,
  method: 'POST',
  path: '/products/:id/duplicate',
  summary: 'Makes a draft like it, without SKUs and barcodes',
  params: byId,
  body: Type.Object({ title: newProduct.properties.title }),
  refusals,
  async handler({ params, body, reply }, { catalog }) {
    const made = await catalog.duplicate(params.id, body.title);
    if (made.ok) reply.status(201);
    return made;
  },
});

export const productRoutes = [
  listProducts,
  listValues,
  readProduct,
  createProduct,
  changeProduct,
  removeProduct,
  duplicateProduct,
];
