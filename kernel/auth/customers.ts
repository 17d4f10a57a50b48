import type { Customer, Customers } from 'kontor/sdk';
import { createAccounts } from './accounts.ts';
import type { Common } from './common.ts';
import type { Person, Realm } from './realm.ts';
import { currentStore } from './tables.ts';

/** `Customers` of the sdk: people of the current store. */
export function createCustomers({ realm, common }: { realm: Realm; common: Common }): Customers {
  const accounts = createAccounts<'customer', Customer>({ realm, common, info: customerInfo });
  return {
    ...accounts.own,
    register: async ({ email, password, firstName = '', lastName = '', locale = currentStore().locale }) =>
      accounts.create({ email, first_name: firstName, last_name: lastName, locale, password }),
    changePassword: ({ customerId, ...rest }) => accounts.changePassword({ personId: customerId, ...rest }),
  };
}

function customerInfo({ id, email, first_name = '', last_name = '', locale, state }: Person): Customer {
  return { id, email, firstName: first_name, lastName: last_name, locale, state };
}
