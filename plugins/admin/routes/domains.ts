import { route, Type } from 'kontor/sdk';
import { forAdmins, id, idInPath } from './shared.ts';

const domain = Type.String({ minLength: 3, maxLength: 253 });
const oneDomain = Type.Object({ id, domain });

export const listDomains = route({
  ...forAdmins,
  method: 'GET',
  path: '/stores/:id/domains',
  summary: 'Domains that a store answers on, the one that links name first',
  params: idInPath,
  handler: async ({ params }, { administration }) => ({
    domains: await administration.stores.domains(params.id),
  }),
});

export const attachDomain = route({
  ...forAdmins,
  method: 'POST',
  path: '/stores/:id/domains',
  summary: 'Lets a store answer on a domain at once, without a proof: the admin has made sure',
  params: idInPath,
  body: Type.Object({ domain }),
  refusals: { taken: 409, unknownStore: 404 },
  handler: async ({ params, body, reply }, { administration }) => {
    reply.status(201);
    return administration.stores.attachDomain(params.id, body.domain);
  },
});

export const makePrimary = route({
  ...forAdmins,
  method: 'PUT',
  path: '/stores/:id/domains/:domain/primary',
  summary: 'Makes it the domain that links name',
  params: oneDomain,
  refusals: { notAttached: 404 },
  handler: ({ params }, { administration }) =>
    administration.stores.setPrimaryDomain(params.id, params.domain),
});

export const detachDomain = route({
  ...forAdmins,
  method: 'DELETE',
  path: '/stores/:id/domains/:domain',
  summary: 'Takes a domain away from a store',
  params: oneDomain,
  refusals: { notAttached: 404 },
  handler: ({ params }, { administration }) => administration.stores.detachDomain(params.id, params.domain),
});
