import { definePlugin, defineRoutes } from 'kontor/sdk';
import './contract.ts';
import { cancelled } from './emails/cancelled.ts';
import { confirmation } from './emails/confirmation.ts';
import { refunded } from './emails/refunded.ts';
import { shipped } from './emails/shipped.ts';
import { events, guards } from './hooks/declared.ts';
import { confirmOrder, tellCancelled, tellRefunded, tellShipped } from './hooks/letters.ts';
import {
  paymentCaptured,
  paymentFailed,
  paymentRefundFailed,
  paymentRefunded,
} from './hooks/payment-events.ts';
import { changeMany } from './jobs/change-many.ts';
import {
  changeDraft,
  createDraft,
  listDrafts,
  placeDraft,
  readDraft,
  removeDraft,
} from './routes/draft-orders.ts';
import { deliverOrder, listFulfilments, shipOrder, writeNote } from './routes/handling.ts';
import { cancelOrder, changeLines, listRefunds, markPaid, refundOrder } from './routes/money.ts';
import {
  createOrder,
  editOrder,
  listOrders,
  readOrder,
  readTimeline,
  recomputeOrder,
} from './routes/orders.ts';
import { listOwn, readByToken } from './routes/shop.ts';
import { readJob, shipMany, tagMany, tagOrder } from './routes/tags.ts';
import { createDraftOrders } from './services/draft-orders.ts';
import { createOrders } from './services/orders.ts';

export default definePlugin({
  services: { orders: createOrders, draftOrders: createDraftOrders },
  declares: { events, guards },
  routes: defineRoutes([
    ...[listOrders, readOrder, readTimeline, recomputeOrder, createOrder, editOrder],
    ...[listFulfilments, shipOrder, deliverOrder, writeNote],
    ...[listRefunds, refundOrder, cancelOrder, markPaid, changeLines],
    ...[tagOrder, tagMany, shipMany, readJob],
    ...[listDrafts, readDraft, createDraft, changeDraft, removeDraft, placeDraft],
    ...[readByToken, listOwn],
  ]),
  points: { mailTemplates: [confirmation, shipped, refunded, cancelled] },
  jobs: { 'orders.change-many': changeMany },
  events: {
    'order.placed': confirmOrder,
    'order.shipped': tellShipped,
    'order.refunded': tellRefunded,
    'order.cancelled': tellCancelled,
    'payment.captured': paymentCaptured,
    'payment.failed': paymentFailed,
    'payment.refunded': paymentRefunded,
    'payment.refund_failed': paymentRefundFailed,
  },
});
