import { ok, type Customer, type Customers } from 'kontor/sdk';
import type { Accounts } from './accounts.ts';
import type { Person } from './realm.ts';
import { currentStore } from './tables.ts';

/** `Customers` of the sdk: people of the current store. */
export function createCustomers(accounts: Accounts): Customers {
  return {
    async register({ email, password, firstName = '', lastName = '', locale = currentStore().locale }) {
      const row = { email, first_name: firstName, last_name: lastName, locale, password };
      const created = await accounts.create(row);
      return created.ok ? ok(customerInfo(created.value)) : created;
    },
    async find(customerId) {
      const customer = await accounts.find(customerId);
      return customer && customerInfo(customer);
    },
    async signIn(input) {
      const result = await accounts.signIn(input);
      return result.ok
        ? ok({ ...result.value.session, customer: customerInfo(result.value.person) })
        : result;
    },
    async signOut(id) {
      await accounts.endSession({ id });
    },
    changePassword: ({ customerId, ...rest }) => accounts.changePassword({ personId: customerId, ...rest }),
    requestPasswordReset: accounts.requestPasswordReset,
    resetPassword: accounts.resetPassword,
    setState: accounts.setState,
  };
}

function customerInfo({ id, email, first_name = '', last_name = '', locale, state }: Person): Customer {
  return { id, email, firstName: first_name, lastName: last_name, locale, state };
}
