import { route, Type } from 'kontor/sdk';

const forManagers = { surface: 'store', access: { permission: 'domains.manage' } } as const;
const feature = 'domains.custom';
const domain = Type.String({ minLength: 3, maxLength: 253 });
const oneDomain = Type.Object({ domain });
const HOUR = 3_600_000; // ms

export const listDomains = route({
  ...forManagers,
  method: 'GET',
  path: '/domains',
  summary: 'Domains of the store, with the proofs that are looked for',
  handler: async (_, { domains }) => ({ domains: await domains.list() }),
});

export const claimDomain = route({
  ...forManagers,
  feature,
  method: 'POST',
  path: '/domains',
  summary: 'Claims a domain; it leads to the store once one of the proofs was found',
  rateLimit: { max: 100, window: HOUR, per: 'store' },
  body: oneDomain,
  refusals: { reserved: 409, taken: 409 },
  async handler({ body, host, reply }, { domains }) {
    const claimed = await domains.claim({ ...body, platformHost: host });
    if (claimed.ok) reply.status(201);
    return claimed;
  },
});

export const verifyDomain = route({
  ...forManagers,
  feature,
  method: 'POST',
  path: '/domains/:domain/verify',
  summary: 'Looks for a proof now; up to five seconds',
  rateLimit: { max: 100, window: HOUR, per: 'store' },
  params: oneDomain,
  refusals: { notClaimed: 404, reserved: 409, taken: 409 },
  handler: ({ params }, { domains }) => domains.verify(params.domain),
});

export const makePrimary = route({
  ...forManagers,
  feature,
  method: 'PUT',
  path: '/domains/:domain/primary',
  summary: 'Makes it the domain that links name',
  params: oneDomain,
  refusals: { notVerified: 409 },
  handler: ({ params }, { domains }) => domains.makePrimary(params.domain),
});

export const removeDomain = route({
  ...forManagers,
  method: 'DELETE',
  path: '/domains/:domain',
  summary: 'Gives a domain up; the store answers on it no more',
  params: oneDomain,
  refusals: { notClaimed: 404 },
  handler: ({ params }, { domains }) => domains.remove(params.domain),
});
