import type { Cradle, CustomerProfile, Order, RouteRequest, SavedAddress } from 'kontor/sdk';

/** The signed-in customer, as far as the plugins of the store know one. */
export type Customer = {
  readonly id: number;
  readonly email: string;
  readonly profile: CustomerProfile | undefined;
  readonly addresses: readonly SavedAddress[];
  readonly orders: readonly Order[];
};

/** Nothing for a visitor who is not signed in; addresses only where a page shows them. */
export async function customerOf(
  { actor }: Pick<RouteRequest, 'actor'>,
  services: Partial<Pick<Cradle, 'customerBook'>>,
  { isWhole }: { isWhole: boolean },
): Promise<Customer | undefined> {
  if (actor.kind !== 'customer') return undefined;
  const { customerId: id, email } = actor;
  const { customerBook } = services;
  const [profile, addresses] = isWhole
    ? await Promise.all([customerBook?.profile(id), customerBook?.addresses(id)])
    : [];
  return { id, email, profile, addresses: addresses ?? [], orders: [] };
}
