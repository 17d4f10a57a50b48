import { definePlugin, defineRoutes, Type } from 'kontor/sdk';
import './contract.ts';
import { tellLow } from './hooks/tell-low.ts';
import { releaseExpiredHolds } from './jobs/release-expired.ts';
import { incomingRoutes } from './routes/incoming.ts';
import { levelRoutes } from './routes/levels.ts';
import { locationRoutes } from './routes/locations.ts';
import { movementRoutes } from './routes/movements.ts';
import { createInventory } from './services/inventory.ts';

const whole = Type.Integer();

export default definePlugin({
  services: { inventory: createInventory },
  declares: {
    events: {
      'inventory.changed': { payload: Type.Object({ variantIds: Type.Array(whole, { minItems: 1 }) }) },
      'inventory.low': { payload: Type.Object({ variantId: whole, available: whole, threshold: whole }) },
    },
  },
  routes: defineRoutes([...levelRoutes, ...movementRoutes, ...locationRoutes, ...incomingRoutes]),
  events: { 'inventory.changed': tellLow },
  jobs: { 'inventory.release-expired': releaseExpiredHolds },
});
