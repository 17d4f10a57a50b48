import type { Id, NewSession, Result, SignInRefusal } from 'kontor/sdk';

declare module 'kontor/sdk' {
  interface PostalAddress {
    readonly firstName: string;
    readonly lastName: string;
    readonly company?: string;
    readonly line1: string;
    readonly line2?: string;
    readonly postalCode: string;
    readonly city: string;
    readonly region?: string;
    /** ISO 3166-1, two capital letters. */
    readonly country: string;
    readonly phone?: string;
  }

  /** Somebody who shops here, with an account or known by address from an order. */
  interface CustomerProfile {
    readonly id: Id;
    /** Grows with each change by people; a change names the version it was made from. */
    readonly version: number;
    /** `guest` has no account; who is `disabled` cannot sign in. */
    readonly state: 'guest' | 'active' | 'disabled';
    /** The kernel's customer; null for a guest. */
    readonly customerId: Id | null;
    readonly email: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly phone: string;
    readonly company: string;
    readonly vatNumber: string;
    readonly locale: string | null;
    /** Code of the group that prices and rules know, or empty. */
    readonly group: string;
    readonly tags: readonly string[];
    readonly note: string;
    readonly acceptsMarketing: boolean;
    readonly orderCount: number;
    /** Minor units of the store's currency. */
    readonly spentAmount: number;
    readonly lastOrderAt: Date | null;
    readonly createdAt: Date;
  }

  interface SavedAddress extends PostalAddress {
    readonly id: Id;
    readonly isDefaultShipping: boolean;
    readonly isDefaultBilling: boolean;
  }

  /** A group of customers that prices and rules know by its code. */
  interface CustomerGroup {
    readonly code: string;
    readonly title: string;
    readonly memberCount: number;
  }

  interface ProfileChange {
    firstName?: string;
    lastName?: string;
    phone?: string;
    company?: string;
    vatNumber?: string;
    locale?: string | null;
    group?: string;
    tags?: readonly string[];
    note?: string;
    acceptsMarketing?: boolean;
  }

  interface CustomerBook {
    profile(customerId: Id): Promise<CustomerProfile | undefined>;
    byEmail(email: string): Promise<CustomerProfile | undefined>;
    find(id: Id): Promise<CustomerProfile | undefined>;
    /** Newest first. One query. */
    list(options?: {
      /** Part of an address, a name, a company or a telephone number. */
      text?: string;
      group?: string;
      tag?: string;
      state?: CustomerProfile['state'];
      acceptsMarketing?: boolean;
      cursor?: string;
      /** 50 when left out, 500 at most. */
      limit?: number;
    }): Promise<{ profiles: CustomerProfile[]; next: string | null }>;
    /** A guest by hand, e.g. for orders by telephone. */
    create(
      input: ProfileChange & { email: string },
    ): Promise<Result<CustomerProfile, 'emailTaken' | 'unknownGroup'>>;
    /** @param version - refused with `changed` and who did it when it is not the newest */
    update(
      id: Id,
      change: ProfileChange & { version?: number },
    ): Promise<Result<CustomerProfile, 'notFound' | 'changed' | 'unknownGroup'>>;
    /** A disabled account's sessions end at once. */
    setState(
      id: Id,
      state: 'active' | 'disabled',
    ): Promise<Result<CustomerProfile, 'notFound' | 'noAccount'>>;
    groups(): Promise<CustomerGroup[]>;
    saveGroup(group: { code: string; title: string }): Promise<Result<CustomerGroup, 'badCode'>>;
    removeGroup(code: string): Promise<Result<undefined, 'notFound' | 'inUse'>>;
    addresses(customerId: Id): Promise<SavedAddress[]>;
    saveAddress(
      customerId: Id,
      address: PostalAddress & { id?: Id; isDefaultShipping?: boolean; isDefaultBilling?: boolean },
    ): Promise<Result<SavedAddress, 'notFound' | 'badAddress'>>;
    removeAddress(customerId: Id, addressId: Id): Promise<Result<undefined, 'notFound'>>;
    /** Addresses by the profile's id, for the team; guests have none of their own. */
    addressesOf(profileId: Id): Promise<SavedAddress[]>;
    /**
     * What is wrong with an address, by field, in words; empty when nothing is. Postal codes are judged by country.
     *
     * @param locale - of the words; the current language when left out
     */
    addressFaults(address: PostalAddress, locale?: string): Readonly<Record<string, string>>;
    /** Makes or completes the profile of a buyer. In the caller's transaction; one statement. @returns its id */
    remember(buyer: {
      email: string;
      customerId: Id | null;
      firstName?: string;
      lastName?: string;
      locale?: string;
      acceptsMarketing?: boolean;
    }): Promise<Id>;
  }

  /** What people see of their own profile: not the team's notes, tags and groups. */
  type OwnProfile = Pick<
    CustomerProfile,
    'email' | 'firstName' | 'lastName' | 'phone' | 'company' | 'vatNumber' | 'locale' | 'acceptsMarketing'
  > & { readonly customerId: Id };

  /** Accounts with their profiles, for routes and pages: `reply.session(entered.value.session)` signs the browser in. */
  interface CustomerAccounts {
    /** Opens an account, takes over the profile of a guest of the same address, less what they told of themselves, and signs in. */
    register(
      input: {
        email: string;
        password: string;
        firstName?: string;
        lastName?: string;
        phone?: string;
        company?: string;
        vatNumber?: string;
        locale?: string;
        acceptsMarketing?: boolean;
      },
      origin: { ip: string; userAgent: string },
    ): Promise<
      Result<{ session: NewSession; profile: OwnProfile }, 'emailTaken' | 'weakPassword' | SignInRefusal>
    >;
    signIn(
      input: { email: string; password: string },
      origin: { ip: string; userAgent: string },
    ): Promise<Result<{ session: NewSession; profile: OwnProfile }, SignInRefusal>>;
    own(customerId: Id): Promise<OwnProfile | undefined>;
  }

  interface Services {
    customerBook: CustomerBook;
    customerAccounts: CustomerAccounts;
  }
  interface Events {
    'customer.registered': { customerId: Id; profileId: Id; email: string };
    'customer.signed_in': { customerId: Id };
  }
}
