import t from 'tap';
import type { Cradle } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';

const plugins = [new URL('..', import.meta.url)];

t.test('stock that is held', async (t) => {
  const { inStore, jobs } = await startTestKernel(t, { plugins });
  const inA = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'inventory', work);
  await inA(({ inventory }) => inventory.set([{ variantId: 1, onHand: 10 }], { reason: 'counted' }));
  t.same(
    await inA(({ inventory }) =>
      inventory.reserve({ reference: 'cart:1', lines: [{ variantId: 1, quantity: 3 }] }),
    ),
    { ok: true, value: undefined },
  );
  t.same((await inA(({ inventory }) => inventory.levels([1]))).get(1), {
    variantId: 1,
    isTracked: true,
    onHand: 10,
    reserved: 3,
    available: 7,
    incoming: 0,
    isBackOrderAllowed: false,
  });
  t.same(await inA(({ inventory }) => inventory.fulfil('cart:1', [{ variantId: 1, quantity: 3 }])), {
    ok: true,
    value: undefined,
  });
  t.same(await inA(({ inventory }) => inventory.verify()), {
    isRight: true,
    movements: 3,
    levels: 1,
    faults: [],
  });
  await jobs.drain();
});
