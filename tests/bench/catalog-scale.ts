import type { TestKernel } from 'kontor/sdk/testing';
import { openLarge } from './support/many-in-stock.ts';
import { createChance } from './support/many-products.ts';
import { makeStores } from './support/many-stores.ts';
import { type Measured, median, rounded, timed } from './support/measure.ts';
import { complete, payCarts, SELLING } from './support/paid-carts.ts';
import { withKernel } from './support/world.ts';

export const name = 'catalog.scale_p95_ratio';

const TURNS = 600;
const WARM = 60;

/** What a shop does, in one of 100,000 products among 1,000 stores, against one of 200 among two. */
export async function run(): Promise<Measured> {
  const options = { plugins: SELLING, until: 'control' } as const;
  return withKernel(options, (small) =>
    withKernel(options, async (large) => {
      await openLarge(small, { products: 200 });
      await makeStores(large, 1000);
      await openLarge(large, { products: 100_000 });
      const worlds = {
        small: await stepsOf(small, { products: 200 }),
        large: await stepsOf(large, { products: 100_000 }),
      };
      const ratios = new Map<string, string>();
      let worst = 0;
      for (const step of Object.keys(worlds.small) as (keyof typeof worlds.small)[]) {
        const took: Record<keyof typeof worlds, number[]> = { small: [], large: [] };
        for (let turn = 0; turn < TURNS + WARM; turn += 1) {
          // One right after the other, and each first as often, so that a busy moment of the machine hits both.
          for (const world of turn % 2 === 0
            ? (['small', 'large'] as const)
            : (['large', 'small'] as const)) {
            const milliseconds = await timed(() => worlds[world][step](turn));
            if (turn >= WARM) took[world].push(milliseconds);
          }
        }
        const [few, many] = [p95(took.small), p95(took.large)];
        worst = Math.max(worst, many / few);
        const middle = rounded(median(took.large) / median(took.small));
        ratios.set(step, `${step} ${rounded(few, 1)} and ${rounded(many, 1)} ms (medians ${middle})`);
      }
      const against = `p95 of 200 products and 100,000: ${[...ratios.values()].join(', ')}; the worst is given, at most 1.2`;
      return { value: rounded(worst), unit: 'ratio', against };
    }),
  );
}

async function stepsOf(world: TestKernel, { products }: { products: number }) {
  const { anonymous, inStore } = world;
  const { get } = anonymous('a');
  const chance = createChance(3);
  const some = () => 1 + Math.floor(chance() * products);
  const expect200 = ({ status }: { status: number }) => {
    if (status !== 200) throw new Error(`Expected 200, got ${status}`);
  };
  const variants = Array.from({ length: 2 * (TURNS + WARM) }, some);
  const carts = await payCarts(world, { variants, count: TURNS + WARM });
  const started = await inStore('a', 'cart', ({ carts }) => carts.start([{ variantId: 1, quantity: 1 }]));
  if (!started.ok) throw new Error(`No cart: ${started.refusal}`);
  let { token } = started.value;
  const sorts = ['newest', 'price', 'title'];
  return {
    product: async () => expect200(await get(`/api/shop/products/product-${some()}`)),
    list: async (turn: number) => expect200(await get(`/api/shop/products?limit=24&sort=${sorts[turn % 3]}`)),
    'add to cart': async (turn: number) => {
      const line = { variantId: some(), quantity: 1 };
      await inStore('a', 'cart', async ({ carts }) => {
        const added = turn % 5 === 0 ? await carts.start([line]) : await carts.add(token, [line]);
        if (!added.ok) throw new Error(`Not added: ${added.refusal}`);
        if ('token' in added.value) ({ token } = added.value);
      });
    },
    completion: async (turn: number) => {
      await complete(world, carts[turn]!);
    },
  };
}

function p95(some: readonly number[]): number {
  return some.toSorted((a, b) => a - b)[Math.floor(some.length * 0.95)]!;
}
