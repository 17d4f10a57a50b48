import { definePlugin, Type } from 'kontor/sdk';
import './contract.ts';
import { countCancelled, countPlaced, countRefundFailed, countRefunded } from './hooks/count-orders.ts';
import { createCustomerBook } from './services/customer-book.ts';

const id = Type.Integer({ minimum: 1 });

export default definePlugin({
  services: { customerBook: createCustomerBook },
  declares: {
    events: {
      'customer.registered': {
        payload: Type.Object({ customerId: id, profileId: id, email: Type.String() }),
      },
      'customer.signed_in': { payload: Type.Object({ customerId: id }) },
    },
  },
  events: {
    'order.placed': countPlaced,
    'order.refunded': countRefunded,
    'order.refund_failed': countRefundFailed,
    'order.cancelled': countCancelled,
  },
});
