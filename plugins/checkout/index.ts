import { definePlugin, Type } from 'kontor/sdk';
import { moneyBack } from './emails/money-back.ts';
import { completePaidCart } from './hooks/complete-paid-cart.ts';
import { dropOld } from './jobs/drop-old.ts';
import { assetRoutes } from './routes/assets.ts';
import { formRoutes } from './routes/forms.ts';
import { pageRoutes } from './routes/pages.ts';
import { shopRoutes } from './routes/shop.ts';
import { teamRoutes } from './routes/team.ts';
import { createCheckout } from './services/checkout.ts';

export default definePlugin({
  services: { checkout: createCheckout },
  declares: {
    events: {
      'checkout.refused': {
        payload: Type.Object({
          cartId: Type.Integer(),
          paymentId: Type.Union([Type.Integer(), Type.Null()]),
          reason: Type.String(),
          amount: Type.Integer(),
          currency: Type.String(),
        }),
      },
    },
  },
  routes: [...shopRoutes, ...pageRoutes, ...formRoutes, ...assetRoutes, ...teamRoutes],
  events: { 'payment.authorised': completePaidCart },
  jobs: { 'checkout.drop-old': dropOld },
  points: { mailTemplates: [moneyBack] },
});
