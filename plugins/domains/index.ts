import { definePlugin, defineRoutes } from 'kontor/sdk';
import { claimDomain, listDomains, makePrimary, removeDomain, verifyDomain } from './routes/domains.ts';
import { createDomains } from './services/domains.ts';

export default definePlugin({
  services: { domains: (services) => createDomains(services) },
  routes: defineRoutes([listDomains, claimDomain, verifyDomain, makePrimary, removeDomain]),
});
