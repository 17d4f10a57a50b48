import { definePlugin } from 'kontor/sdk';
import { rateTypes } from './points/rate-types.ts';
import { shopRoutes } from './routes/shop.ts';
import { teamRoutes } from './routes/team.ts';
import { createShipping } from './services/shipping.ts';
import { createZones } from './services/zones.ts';

export default definePlugin({
  services: {
    shipping: (services) => createShipping(services),
    shippingZones: (services) => createZones(services),
  },
  declares: { points: { shippingRates: {} } },
  points: { shippingRates: rateTypes },
  routes: [...shopRoutes, ...teamRoutes],
});
