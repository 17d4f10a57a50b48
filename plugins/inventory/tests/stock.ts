import type { Cradle, Id, StockLevel } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';

type Options = NonNullable<Parameters<typeof startTestKernel>[1]>;

/** A kernel with stock, and the service in each of its stores. */
export async function startWithStock(t: Parameters<typeof startTestKernel>[0], options: Options = {}) {
  const kernel = await startTestKernel(t, { plugins: [new URL('..', import.meta.url)], ...options });
  const inA = <Value>(work: (services: Cradle) => Promise<Value>) => kernel.inStore('a', 'inventory', work);
  const inB = <Value>(work: (services: Cradle) => Promise<Value>) => kernel.inStore('b', 'inventory', work);
  let lastId = 0;
  return {
    ...kernel,
    inA,
    inB,
    /** A variant that has that much on hand; nothing else in the test knows it. */
    async aVariant(onHand: number, more: { isBackOrderAllowed?: boolean } = {}): Promise<Id> {
      lastId += 1;
      const variantId = lastId;
      await inA(({ inventory }) => inventory.set([{ variantId, onHand, ...more }], { reason: 'counted' }));
      return variantId;
    },
    async level(variantId: Id): Promise<StockLevel> {
      return (await inA(({ inventory }) => inventory.levels([variantId]))).get(variantId)!;
    },
    /** What is on hand, held and free, in short. */
    async figures(variantId: Id): Promise<[onHand: number, reserved: number, available: number]> {
      const levels = await inA(({ inventory }) => inventory.levels([variantId]));
      const { onHand, reserved, available } = levels.get(variantId)!;
      return [onHand, reserved, available];
    },
    hold: (reference: string, variantId: Id, quantity: number, expiresAt?: Date) =>
      inA(({ inventory }) =>
        inventory.reserve({
          reference,
          lines: [{ variantId, quantity }],
          ...(expiresAt ? { expiresAt } : {}),
        }),
      ),
    proof: () => inA(({ inventory }) => inventory.verify()),
  };
}

export const MINUTE = 60_000; // ms
