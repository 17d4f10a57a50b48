import type { Cradle, CustomerBook, Id } from 'kontor/sdk';
import { changeProfile, createProfile, setProfileState } from '../actions/change-profile.ts';
import { findProfile } from '../actions/find-profile.ts';
import { listProfiles } from '../actions/list-profiles.ts';
import { rememberBuyer } from '../actions/remember-buyer.ts';
import { createAddressList } from './address-list.ts';
import { createGroups } from './groups.ts';

/** People who shop in the current store. */
export function createCustomerBook(services: Cradle): CustomerBook {
  /** Accounts that were there before this plugin get their profile when it is first needed. */
  async function profileOf(customerId: Id): Promise<Id | undefined> {
    const known = await findProfile({ customerId }, services);
    if (known) return known.id;
    const account = await services.customers.find(customerId);
    return account && rememberBuyer({ ...account, customerId }, services);
  }

  return {
    async profile(customerId) {
      const known = await findProfile({ customerId }, services);
      if (known) return known;
      const made = await profileOf(customerId);
      return made === undefined ? undefined : findProfile({ id: made }, services);
    },
    byEmail: (email) => findProfile({ email }, services),
    find: (id) => findProfile({ id }, services),
    list: (options = {}) => listProfiles(options, services),
    create: (input) => createProfile(input, services),
    update: (id, change) => changeProfile(id, change, services),
    setState: (id, state) => setProfileState(id, state, services),
    remember: (buyer) => rememberBuyer(buyer, services),
    ...createGroups(services),
    ...createAddressList(services, profileOf),
  };
}
