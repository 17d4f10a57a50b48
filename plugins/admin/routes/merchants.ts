import { route, Type } from 'kontor/sdk';
import { code, forAdmins, id, idInPath, name, page, tierValue } from './shared.ts';

export const listMerchants = route({
  ...forAdmins,
  method: 'GET',
  path: '/merchants',
  summary: 'Merchants by id, with their tier',
  query: page,
  handler: async ({ query }, { administration }) => ({
    merchants: await administration.stores.merchants(query),
  }),
});

export const createMerchant = route({
  ...forAdmins,
  method: 'POST',
  path: '/merchants',
  summary: 'A new merchant in a tier',
  body: Type.Object({ name, tier: code }),
  handler: async ({ body, reply }, { administration }) => {
    reply.status(201);
    return administration.stores.createMerchant(body);
  },
});

export const moveMerchant = route({
  ...forAdmins,
  method: 'PUT',
  path: '/merchants/:id/tier',
  summary: 'Moves a merchant to another tier; nothing is deleted by it',
  params: idInPath,
  body: Type.Object({ tier: code }),
  refusals: { unknownMerchant: 404 },
  handler: ({ params, body }, { administration }) =>
    administration.features.setMerchantTier(params.id, body.tier),
});

export const overrideMerchant = route({
  ...forAdmins,
  method: 'PUT',
  path: '/merchants/:id/overrides/:code',
  summary: 'Gives one merchant another value than the tier has; without `value` the override is taken back',
  params: Type.Object({ id, code }),
  body: Type.Object({ value: Type.Optional(tierValue) }),
  refusals: { unknownMerchant: 404, unknownCode: 404 },
  handler: ({ params, body }, { administration }) =>
    administration.features.setOverride(params.id, params.code, body.value),
});
