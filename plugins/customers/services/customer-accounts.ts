import { type Cradle, type CustomerAccounts, ok } from 'kontor/sdk';

/** Nobody has proved that the address is theirs yet: what its guest told of themselves is not theirs to read. */
const UNSAID = { firstName: '', lastName: '', phone: '', company: '', vatNumber: '' } as const;

/** Accounts of the current store, with their profiles: the kernel keeps the password, this plugin the person. */
export function createCustomerAccounts(services: Cradle): CustomerAccounts {
  const { customerBook, customers, database, events } = services;

  const accounts: CustomerAccounts = {
    async register({ email, password, ...person }, origin) {
      const { firstName = '', lastName = '', locale = services.stores.current().locale } = person;
      const made = await customers.register({ email, password, firstName, lastName, locale });
      if (!made.ok) return made;
      const customerId = made.value.id;
      await database.transaction(async () => {
        const profileId = await customerBook.remember({ ...made.value, customerId });
        await customerBook.update(profileId, { ...UNSAID, ...person });
        const payload = { customerId, profileId, email: made.value.email };
        await events.emit('customer.registered', payload, { entity: `customer:${customerId}` });
      });
      return accounts.signIn({ email, password }, origin);
    },
    async signIn({ email, password }, origin) {
      const entered = await customers.signIn({ email, password, ...origin });
      if (!entered.ok) return entered;
      const { customer, ...session } = entered.value;
      await events.emit(
        'customer.signed_in',
        { customerId: customer.id },
        { entity: `customer:${customer.id}` },
      );
      return ok({ session, profile: (await accounts.own(customer.id))! });
    },
    async own(customerId) {
      const profile = await customerBook.profile(customerId);
      if (!profile) return undefined;
      const { email, firstName, lastName, phone, company, vatNumber, locale, acceptsMarketing } = profile;
      return { customerId, email, firstName, lastName, phone, company, vatNumber, locale, acceptsMarketing };
    },
  };
  return accounts;
}
