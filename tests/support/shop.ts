import { startTestKernel, type TestKernel, type TestKernelOptions } from 'kontor/sdk/testing';
import { openBrowser } from './browser.ts';

export const ADA = {
  firstName: 'Ada',
  lastName: 'Weber',
  line1: '12, rue de la Gare',
  postalCode: '1611',
  city: 'Luxembourg',
  country: 'LU',
} as const;

/** Everything that a purchase takes, with what it can do without. */
const EVERYTHING = ['checkout', 'payments-manual', 'inventory', 'mail'];

export type Shop = Awaited<ReturnType<typeof openShop>>;

/**
 * A store that sells: a mug of 19.99 and a lamp of 45.00, delivered within Luxembourg for 5.00.
 *
 * @param stock - on hand of each; 1,000 when left out
 * @param isIpTold - buyers come from addresses of their own, so that no limit counts them as one
 */
export async function openShop(
  t: Parameters<typeof startTestKernel>[0],
  { stock = 1000, plugins = EVERYTHING, config, ...options }: TestKernelOptions & { stock?: number } = {},
) {
  const http = {
    host: '127.0.0.1',
    port: 0,
    platformDomain: 'localhost',
    platformOrigin: 'http://localhost:3000',
  };
  const world = await startTestKernel(t, {
    plugins,
    config: { http: { ...http, trustedProxies: ['127.0.0.1'], requestTimeout: 30_000 }, ...config },
    ...options,
  });
  const goods = await stockShelves(world, 'a', stock);
  let count = 0;
  return {
    ...world,
    ...goods,
    visit(store: 'a' | 'b' = 'a') {
      count += 1;
      const ip = `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`;
      return openBrowser({ kernel: world.kernel, host: world.stores[store].host, ip });
    },
    /** A visitor whose cart holds these, by the services; each with a cookie of its own. */
    async buyer(lines = [{ variantId: goods.mug, quantity: 1 }]) {
      const visitor = this.visit();
      const started = await world.inStore('a', 'cart', ({ carts }) => carts.start(lines));
      if (!started.ok) throw new Error(`No cart: ${started.refusal} ${JSON.stringify(started.details)}`);
      visitor.cookies.set('kontor_cart', started.value.token);
      return { ...visitor, cartId: started.value.cart.id, token: started.value.token };
    },
  };
}

/** Gives a store its goods, a place to send them to, and a price for that. */
export async function stockShelves(world: TestKernel, store: 'a' | 'b', stock: number) {
  const owner = await world.owner(store);
  const api = `/api/stores/${world.stores[store].handle}`;
  const zone = await owner.post(`${api}/shipping/zones`, { name: 'Luxembourg', countries: ['LU'] });
  const rate = await owner.post(`${api}/shipping/zones/${zone.body.id}/rates`, {
    type: 'flat',
    title: 'Post',
    args: { amount: 500 },
  });
  if (rate.status >= 400) throw new Error(`No rate: ${JSON.stringify(rate.body)}`);
  const [mug, lamp] = await world.inStore(store, 'catalog', async ({ catalog }) => {
    const made = [];
    for (const [title, amount] of [
      ['Mug', 1999],
      ['Lamp', 4500],
    ] as const) {
      const product = await catalog.create({
        title,
        state: 'active',
        variants: [{ amount, weightGrams: 300, requiresShipping: true }],
      });
      if (!product.ok) throw new Error(`No product: ${product.refusal} ${JSON.stringify(product.details)}`);
      made.push(product.value.variants[0]!.id);
    }
    return made;
  });
  const isCounted = world.kernel.plugins.running.some(({ manifest }) => manifest.id === 'inventory');
  if (isCounted) {
    await world.inStore(store, 'inventory', ({ inventory }) =>
      inventory.set(
        [mug!, lamp!].map((variantId) => ({ variantId, onHand: stock })),
        { reason: 'a test' },
      ),
    );
  }
  return { mug: mug!, lamp: lamp! };
}
