import { route, Type } from 'kontor/sdk';
import { forAdmins, id, idInPath } from './shared.ts';

const domain = Type.String({ minLength: 3, maxLength: 253 });
const oneDomain = Type.Object({ id, domain });

export const listDomains = route({
  ...forAdmins,
  method: 'GET',
  path: '/stores/:id/domains',
  summary: 'Domains that a store claims, with the proofs that are looked for',
  params: idInPath,
  handler: async ({ params }, { administration }) => ({
    domains: await administration.stores.domains(params.id),
  }),
});

export const addDomain = route({
  ...forAdmins,
  method: 'POST',
  path: '/stores/:id/domains',
  summary: 'Claims a domain; it resolves once one of the proofs was found',
  params: idInPath,
  body: Type.Object({ domain }),
  refusals: { taken: 409, unknownStore: 404 },
  handler: async ({ params, body, reply }, { administration }) => {
    reply.status(201);
    return administration.stores.addDomain(params.id, body.domain);
  },
});

export const verifyDomain = route({
  ...forAdmins,
  method: 'POST',
  path: '/stores/:id/domains/:domain/verify',
  summary: 'Looks for a proof now; up to five seconds',
  params: oneDomain,
  refusals: { notClaimed: 404, taken: 409 },
  handler: ({ params }, { administration }) => administration.stores.verifyDomain(params.id, params.domain),
});

export const makePrimary = route({
  ...forAdmins,
  method: 'PUT',
  path: '/stores/:id/domains/:domain/primary',
  summary: 'Makes it the domain that links name',
  params: oneDomain,
  refusals: { notVerified: 409 },
  handler: ({ params }, { administration }) =>
    administration.stores.setPrimaryDomain(params.id, params.domain),
});

export const removeDomain = route({
  ...forAdmins,
  method: 'DELETE',
  path: '/stores/:id/domains/:domain',
  summary: 'Takes a domain away from a store',
  params: oneDomain,
  refusals: { notClaimed: 404 },
  handler: ({ params }, { administration }) => administration.stores.removeDomain(params.id, params.domain),
});
