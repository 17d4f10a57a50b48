import { definePlugin, Type } from 'kontor/sdk';
import './contract.ts';
import { tellLow } from './hooks/tell-low.ts';
import { releaseExpiredHolds } from './jobs/release-expired.ts';
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
  events: { 'inventory.changed': tellLow },
  jobs: { 'inventory.release-expired': releaseExpiredHolds },
});
