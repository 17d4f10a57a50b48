import { definePlugin } from 'kontor/sdk';
import './contract.ts';
import { events, guards } from './hooks/declared.ts';
import { paymentCaptured, paymentRefundFailed, paymentRefunded } from './hooks/payment-events.ts';
import { createDraftOrders } from './services/draft-orders.ts';
import { createOrders } from './services/orders.ts';

export default definePlugin({
  services: { orders: createOrders, draftOrders: createDraftOrders },
  declares: { events, guards },
  events: {
    'payment.captured': paymentCaptured,
    'payment.refunded': paymentRefunded,
    'payment.refund_failed': paymentRefundFailed,
  },
});
