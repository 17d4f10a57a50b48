import { withBareOrders } from './support/bare-orders.ts';
import { type Measured, median, rounded, timed } from './support/measure.ts';
import { complete, inTurns, payCarts, SELLING, stockShelves } from './support/paid-carts.ts';
import { withKernel } from './support/world.ts';

export const name = 'checkout.orders_per_second_vs_pg';

const CLIENTS = 8;
const ROUNDS = 9;
const CARTS = 120; // of a round

/** Whole completions of paid carts of two lines in one store, against one transaction that only writes the same. */
export async function run(): Promise<Measured> {
  return withKernel({ plugins: SELLING, until: 'control' }, async (world) => {
    const variants = await stockShelves(world);
    const carts = await payCarts(world, { variants, count: (ROUNDS + 1) * CARTS });
    const [first, ...others] = carts;
    const sample = await complete(world, first!);
    const { kernel, stores } = world;
    const storeId = stores.a.id;
    const perSecond = async (ids: readonly number[], work: (cartId: number) => Promise<unknown>) =>
      (ids.length / (await timed(() => inTurns(ids, work, CLIENTS)))) * 1000;
    const rounds: { whole: number; alone: number }[] = [];
    await withBareOrders(kernel, { ...sample, storeId, clients: CLIENTS }, async (place) => {
      for (let at = 0; at < others.length; at += CARTS) {
        const ids = others.slice(at, at + CARTS);
        const alone = await perSecond(ids, place);
        rounds.push({ alone, whole: await perSecond(ids, (cartId) => complete(world, cartId)) });
      }
    });
    const warm = rounds.slice(1);
    const [whole, alone] = [median(warm.map((one) => one.whole)), median(warm.map((one) => one.alone))];
    return {
      // Of neighbours: what else the machine does changes more from minute to minute than these two differ.
      value: rounded(median(warm.map((one) => one.whole / one.alone))),
      unit: 'ratio',
      against: `${CLIENTS} at once in one store, one process: ${rounded(whole, 0)} completions/s; one bare transaction of the same writes: ${rounded(alone, 0)}/s; at least 0.15, aim 0.3`,
    };
  });
}
