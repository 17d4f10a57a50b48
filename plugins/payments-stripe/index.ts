import { definePlugin, defineRoutes } from 'kontor/sdk';
import './contract.ts';
import { takeIn } from './jobs/take-in.ts';
import { stripe } from './points/stripe.ts';
import { checkoutModule } from './routes/module.ts';
import { changeSettings, readSettings } from './routes/settings.ts';
import { webhook } from './routes/webhook.ts';

export default definePlugin({
  points: { paymentProviders: (services) => [stripe(services)] },
  routes: defineRoutes([readSettings, changeSettings, webhook, checkoutModule]),
  jobs: { 'payments-stripe.take-in': takeIn },
});
