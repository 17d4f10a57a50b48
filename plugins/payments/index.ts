import { definePlugin, defineRoutes, Type } from 'kontor/sdk';
import './contract.ts';
import { capture } from './jobs/capture.ts';
import { giveBack } from './jobs/give-back.ts';
import { reconcile } from './jobs/reconcile.ts';
import { refund } from './jobs/refund.ts';
import { listPayments, listTransactions, readPayment, refreshPayment } from './routes/payments.ts';
import { chooseMethods, listProviders, testProvider } from './routes/providers.ts';
import { createPayments } from './services/payments.ts';

const id = Type.Integer({ minimum: 1 });
const orderId = Type.Union([id, Type.Null()]);
const ofReference = Type.Object({ paymentId: id, reference: Type.String() });
const money = { amount: Type.Integer({ minimum: 1 }), currency: Type.String() };
const ofRefund = { paymentId: id, refundId: id, key: Type.String(), orderId };

export default definePlugin({
  services: { payments: createPayments },
  declares: {
    points: { paymentProviders: {} },
    events: {
      'payment.authorised': { payload: ofReference },
      'payment.captured': {
        payload: Type.Object({ paymentId: id, reference: Type.String(), orderId, ...money }),
      },
      'payment.failed': { payload: ofReference },
      'payment.refunded': { payload: Type.Object({ ...ofRefund, ...money }) },
      'payment.refund_failed': { payload: Type.Object(ofRefund) },
    },
  },
  routes: defineRoutes([
    listProviders,
    testProvider,
    chooseMethods,
    listTransactions,
    listPayments,
    readPayment,
    refreshPayment,
  ]),
  jobs: {
    'payments.capture': capture,
    'payments.refund': refund,
    'payments.give-back': giveBack,
    'payments.reconcile': reconcile,
  },
});
