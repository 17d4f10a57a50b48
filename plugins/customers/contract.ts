import type { Id, Result } from 'kontor/sdk';

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

  interface CustomerBook {
    profile(customerId: Id): Promise<CustomerProfile | undefined>;
    byEmail(email: string): Promise<CustomerProfile | undefined>;
    addresses(customerId: Id): Promise<SavedAddress[]>;
    saveAddress(
      customerId: Id,
      address: PostalAddress & { id?: Id; isDefaultShipping?: boolean; isDefaultBilling?: boolean },
    ): Promise<Result<SavedAddress, 'notFound' | 'badAddress'>>;
    /** What is wrong with an address, by field; empty when nothing is. Postal codes are judged by country. */
    addressFaults(address: PostalAddress): Readonly<Record<string, string>>;
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

  interface Services {
    customerBook: CustomerBook;
  }
}
