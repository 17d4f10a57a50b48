import { definePlugin } from 'kontor/sdk';
import { routes } from './routes/tax.ts';
import { createTax } from './services/tax.ts';

export default definePlugin({
  services: { tax: (services) => createTax(services) },
  routes,
});
