import type { Id, PostalAddress } from 'kontor/sdk';
import type { TestKernel } from 'kontor/sdk/testing';

const ADDRESS: PostalAddress = {
  firstName: 'Ada',
  lastName: 'Weber',
  line1: '12, rue de la Gare',
  postalCode: '1611',
  city: 'Luxembourg',
  country: 'LU',
};

/** All that a purchase takes. */
export const SELLING = ['checkout', 'payments-manual', 'inventory'];

/** Lets a store deliver. */
export async function letDeliver({ owner, stores }: TestKernel, store: 'a' | 'b' = 'a'): Promise<void> {
  const { post } = await owner(store);
  const zones = `/api/stores/${stores[store].handle}/shipping/zones`;
  const zone = await post(zones, { name: 'Luxembourg', countries: ['LU'] });
  const rate = { type: 'flat', title: 'Post', args: { amount: 500 } };
  const made = await post(`${zones}/${zone.body.id}/rates`, rate);
  if (made.status >= 400) throw new Error(`No rate: ${JSON.stringify(made.body)}`);
}

/** Lets a store deliver, and fills its shelves. @returns ids of variants */
export async function stockShelves(
  world: TestKernel,
  { products = 200, store = 'a' as 'a' | 'b' } = {},
): Promise<Id[]> {
  const { inStore } = world;
  await letDeliver(world, store);
  const handles = Array.from({ length: products }, (_, at) => `thing-${at}`);
  const ids = await inStore(store, 'catalog', async ({ catalog }) => {
    await catalog.upsert(
      handles.map((handle, at) => ({
        handle,
        title: `Thing of good use ${at}`,
        description: `<p>${'A thing of good use, made by hand in a small house near the river. '.repeat(4)}</p>`,
        state: 'active' as const,
        variants: [{ sku: `T-${at}`, amount: 1000 + at, weightGrams: 300, requiresShipping: true }],
      })),
    );
    const made = await catalog.productsByHandle(handles);
    return made.map(({ variants }) => variants[0]!.id);
  });
  await putInStock(inStore, store, ids);
  return ids;
}

export async function putInStock(inStore: TestKernel['inStore'], store: 'a' | 'b', ids: readonly Id[]) {
  await inStore(store, 'inventory', ({ inventory }) =>
    inventory.set(
      ids.map((variantId) => ({ variantId, onHand: 1_000_000 })),
      { reason: 'bench' },
    ),
  );
}

/** Carts of two lines each, all paid for by the test gateway, that only want to be completed. @returns ids of carts */
export async function payCarts(
  { inStore }: Pick<TestKernel, 'inStore'>,
  {
    variants,
    count,
    first = 0,
    store = 'a' as 'a' | 'b',
  }: {
    variants: readonly Id[];
    count: number;
    first?: number;
    store?: 'a' | 'b';
  },
): Promise<Id[]> {
  const pay = (at: number) =>
    inStore(store, 'checkout', async ({ carts, checkout }) => {
      const started = await carts.start([
        { variantId: variants[(at * 2) % variants.length]!, quantity: 2 },
        { variantId: variants[(at * 2 + 1) % variants.length]!, quantity: 1 },
      ]);
      if (!started.ok) throw new Error(`No cart: ${started.refusal}`);
      const { cart, token } = started.value;
      const email = `buyer-${at}@example.lu`;
      const state = await checkout.update(token, { email, shipTo: ADDRESS, billTo: 'same' });
      if (!state.ok) throw new Error(`No checkout: ${state.refusal} ${JSON.stringify(state.details)}`);
      const paid = await checkout.pay(token, {
        method: 'test-card',
        expected: state.value.totals.total,
        details: { card: '4242424242424242' },
        returnUrl: 'http://localhost/back',
        locale: 'en',
      });
      if (!paid.ok) throw new Error(`Not paid: ${paid.refusal} ${JSON.stringify(paid.details)}`);
      return cart.id;
    });
  return inTurns(
    Array.from({ length: count }, (_, at) => first + at),
    pay,
  );
}

/** The whole of a purchase that the bench is about. */
export async function complete({ inStore }: Pick<TestKernel, 'inStore'>, cartId: Id, store: 'a' | 'b' = 'a') {
  const done = await inStore(store, 'checkout', ({ checkout }) => checkout.complete(cartId));
  if (!done.ok || !done.value.isNew)
    throw new Error(`Expected a new order of cart ${cartId}, got ${JSON.stringify(done)}`);
  return done.value;
}

/** Does something with each, so many at once. */
export async function inTurns<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
  atOnce = 8,
): Promise<Value[]> {
  const results: Value[] = [];
  const queue = items.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [at, item] of queue) results[at] = await work(item);
    }),
  );
  return results;
}
