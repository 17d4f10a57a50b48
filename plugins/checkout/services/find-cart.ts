import type { Cart, Cradle } from 'kontor/sdk';

type Needs = Pick<Cradle, 'carts' | 'stores'>;
type Wanted = { token: string; locale?: string | undefined };

/** The visitor's cart by its token; another customer's is not found. */
export function findCart({ carts, stores }: Needs, { token, locale }: Wanted): Promise<Cart | undefined> {
  const actor = stores.actor();
  return carts.byToken(token, {
    ...(locale && { locale }),
    ...(actor.kind === 'customer' && { customerId: actor.customerId }),
  });
}

/** The same for who is about to buy: a guest's cart becomes the cart of who is signed in, so that the order is theirs. */
export async function ownCart(services: Needs, wanted: Wanted): Promise<Cart | undefined> {
  const { carts, stores } = services;
  const { token, locale } = wanted;
  const cart = await findCart(services, wanted);
  const actor = stores.actor();
  if (!cart || cart.customerId !== null || actor.kind !== 'customer') return cart;
  const claimed = await carts.claim(token, actor.customerId, locale ? { locale } : {});
  return claimed.ok ? claimed.value : undefined;
}
