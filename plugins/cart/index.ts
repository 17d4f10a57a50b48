import { definePlugin } from 'kontor/sdk';
import { dropStaleCarts } from './jobs/drop-stale-carts.ts';
import { routes } from './routes/cart.ts';
import { createCarts } from './services/carts.ts';
import { AdditionSchema, AdjustmentsSchema } from './services/schemas.ts';

export default definePlugin({
  services: { carts: (services) => createCarts(services) },
  declares: {
    filters: { 'cart.adjustments': { value: AdjustmentsSchema, budget: 250 } },
    guards: { 'cart.add': { subject: AdditionSchema } },
  },
  jobs: { 'cart.drop-stale-carts': dropStaleCarts },
  routes,
});
