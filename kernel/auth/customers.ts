import { ok, refused, type Clock, type Customer, type Customers } from 'kontor/sdk';
import type { Accounts } from './accounts.ts';
import type { Passwords } from './passwords.ts';
import type { Person, Realm } from './realm.ts';
import { normaliseEmail } from './tokens.ts';

export type CustomerRow = Person & { first_name: string; last_name: string; created_at: Date };

/** `Customers` of the sdk: people of the current store, over the rules that hold for all accounts. */
export function createCustomers(deps: {
  realm: Realm<CustomerRow>;
  accounts: Accounts<CustomerRow>;
  localeOfStore: () => string;
  clock: Clock;
  passwords: Passwords;
}): Customers {
  const { realm, accounts, clock, passwords } = deps;
  return {
    async register(input) {
      const email = normaliseEmail(input.email);
      const why = passwords.weakness(input.password, email);
      if (why) return refused('weakPassword', { why });
      const customer = await realm.people.insert({
        email,
        first_name: input.firstName ?? '',
        last_name: input.lastName ?? '',
        locale: input.locale ?? deps.localeOfStore(),
        password_hash: await passwords.hash(input.password),
        created_at: clock.now(),
      });
      return customer ? ok(customerInfo(customer)) : refused('emailTaken');
    },
    async find(customerId) {
      const [customer] = await realm.people.find({ id: customerId });
      return customer && customerInfo(customer);
    },
    async signIn(input) {
      const signedIn = await accounts.signIn(input);
      return signedIn.ok
        ? ok({ ...signedIn.value.session, customer: customerInfo(signedIn.value.person) })
        : signedIn;
    },
    signOut: accounts.signOut,
    requestPasswordReset: accounts.requestReset,
    resetPassword: accounts.resetPassword,
    changePassword: ({ customerId, ...rest }) => accounts.changePassword({ personId: customerId, ...rest }),
    setState: accounts.setState,
  };
}

function customerInfo({ id, email, first_name, last_name, locale, state }: CustomerRow): Customer {
  return { id, email, firstName: first_name, lastName: last_name, locale, state };
}
