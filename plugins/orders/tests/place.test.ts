import t from 'tap';
import type { Cradle } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import { aDraft } from './drafts.ts';

const { inStore } = await startTestKernel(t, { plugins: ['orders'] });
const asA = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'orders', work);

t.test('places an order and finds it by id, token and cart', async (t) => {
  await asA(async ({ orders, totals }) => {
    const draft = aDraft(totals);
    const placed = await orders.place(draft);
    if (!placed.ok) throw new Error(placed.refusal);
    t.match(await orders.place(draft), { ok: true, value: { isNew: false, id: placed.value.id } });
  });
});
