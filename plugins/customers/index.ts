import { definePlugin, defineRoutes, Type } from 'kontor/sdk';
import './contract.ts';
import { countCancelled, countPlaced, countRefundFailed, countRefunded } from './hooks/count-orders.ts';
import {
  changeAccount,
  changePassword,
  finishReset,
  readAccount,
  register,
  requestReset,
  signIn,
  signOut,
} from './routes/account.ts';
import { addAddress, changeAddress, listAddresses, removeAddress } from './routes/addresses.ts';
import {
  changeCustomer,
  createCustomer,
  listCustomers,
  readCustomer,
  setStatus,
} from './routes/customers.ts';
import { exportCustomers } from './routes/export.ts';
import { listGroups, removeGroup, saveGroup } from './routes/groups.ts';
import { createCustomerAccounts } from './services/customer-accounts.ts';
import { createCustomerBook } from './services/customer-book.ts';

const id = Type.Integer({ minimum: 1 });

export default definePlugin({
  services: { customerBook: createCustomerBook, customerAccounts: createCustomerAccounts },
  declares: {
    events: {
      'customer.registered': {
        payload: Type.Object({ customerId: id, profileId: id, email: Type.String() }),
      },
      'customer.signed_in': { payload: Type.Object({ customerId: id }) },
    },
  },
  routes: defineRoutes([
    ...[listCustomers, readCustomer, createCustomer, changeCustomer, setStatus, exportCustomers],
    ...[listGroups, saveGroup, removeGroup],
    ...[register, signIn, signOut, readAccount, changeAccount],
    ...[changePassword, requestReset, finishReset],
    ...[listAddresses, addAddress, changeAddress, removeAddress],
  ]),
  events: {
    'order.placed': countPlaced,
    'order.refunded': countRefunded,
    'order.refund_failed': countRefundFailed,
    'order.cancelled': countCancelled,
  },
});
