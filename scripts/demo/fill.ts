import type { Kernel } from '../../kernel/parts.ts';
import { tellStory } from './content.ts';
import { openCounter } from './counter.ts';
import { SHOPS } from './data/index.ts';
import { liveThroughYear } from './history.ts';
import { countStock, fillShelves } from './shelves.ts';
import { shopKeeper } from './shop-keeper.ts';

const PLENTY = 500; // of each variant, while the year is lived through

/**
 * Furnishes the stores of a demo platform as shops that sell.
 *
 * @returns when they can be visited; `year` when they have a year of orders too
 */
export async function fillDemo(
  kernel: Kernel,
  storeIds: Readonly<Record<string, number>>,
): Promise<{ year: Promise<void> }> {
  const shops = await Promise.all(
    SHOPS.map(async (shop) => {
      const keeper = await shopKeeper({ kernel, storeId: storeIds[shop.handle]! });
      await openCounter(keeper, shop);
      const products = await fillShelves(keeper, shop);
      await tellStory(keeper, shop);
      return { keeper, shop, products };
    }),
  );
  const live = async () => {
    for (const { keeper, shop, products } of shops) {
      await countStock(keeper, { shop, products, extra: PLENTY });
      await liveThroughYear(keeper, { shop, products, now: new Date() });
      await countStock(keeper, { shop, products });
    }
  };
  return { year: live() };
}
