import { definePlugin } from 'kontor/sdk';
import './contract.ts';
import { createLiquid } from './services/liquid.ts';

export default definePlugin({
  services: { liquid: (services) => createLiquid(services) },
});
