import { route, Type } from 'kontor/sdk';
import { forAdmins, id, idInPath, name, page } from './shared.ts';

export const listStores = route({
  ...forAdmins,
  method: 'GET',
  path: '/stores',
  summary: 'Stores by id',
  query: page,
  handler: async ({ query }, { administration }) => ({ stores: await administration.stores.list(query) }),
});

export const createStore = route({
  ...forAdmins,
  method: 'POST',
  path: '/stores',
  summary: 'A new store of a merchant',
  body: Type.Object({
    merchantId: id,
    handle: Type.String({ maxLength: 40 }),
    name,
    locale: Type.Optional(Type.String()),
    locales: Type.Optional(Type.Array(Type.String(), { maxItems: 50 })),
    currency: Type.Optional(Type.String()),
    timeZone: Type.Optional(Type.String()),
  }),
  refusals: { handleTaken: 409, unknownMerchant: 404 },
  handler: async ({ body, reply }, { administration }) => {
    reply.status(201);
    return administration.stores.createStore(body);
  },
});

export const changeState = route({
  ...forAdmins,
  method: 'PUT',
  path: '/stores/:id/state',
  summary: 'Opens, pauses or closes a store',
  params: idInPath,
  body: Type.Object({
    state: Type.Union([Type.Literal('active'), Type.Literal('paused'), Type.Literal('closed')]),
  }),
  refusals: { unknownStore: 404 },
  handler: ({ params, body }, { administration }) => administration.stores.setState(params.id, body.state),
});
