import { route, Type } from 'kontor/sdk';
import { code, forAdmins, tierValue } from './shared.ts';

export const listTiers = route({
  ...forAdmins,
  method: 'GET',
  path: '/tiers',
  summary: 'Tiers in their order, with the values that were set',
  handler: async (_request, { administration: { features } }) => ({
    tiers: await features.tiers(),
    values: await features.tierValues(),
  }),
});

export const saveTier = route({
  ...forAdmins,
  method: 'PUT',
  path: '/tiers/:code',
  summary: 'Makes a tier, or changes its title and place',
  params: Type.Object({ code }),
  body: Type.Object({ title: Type.String({ minLength: 1, maxLength: 200 }), position: Type.Integer() }),
  refusals: { positionTaken: 409 },
  handler: ({ params, body }, { administration }) =>
    administration.features.saveTier({ code: params.code, ...body }),
});

export const setTierValue = route({
  ...forAdmins,
  method: 'PUT',
  path: '/tiers/:tier/values/:code',
  summary: 'What a tier has of a feature (true, false) or a limit (a number; null without end)',
  params: Type.Object({ tier: code, code }),
  body: Type.Object({ value: tierValue }),
  refusals: { unknownTier: 404, unknownCode: 404 },
  handler: ({ params, body }, { administration }) =>
    administration.features.setTierValue(params.tier, params.code, body.value),
});
