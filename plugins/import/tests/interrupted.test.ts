import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import { anImport } from './support.ts';

const PRODUCTS = 2_500;
const file = [
  'handle,title,price',
  ...Array.from({ length: PRODUCTS }, (_, index) => `thing-${index},Thing ${index},${index % 90}.50`),
].join('\n');

t.test('a cancelled import stops behind what it brought, and goes on from there', async (t) => {
  const kernel = await startTestKernel(t, { plugins: ['import'] });
  const me = await kernel.owner('a');
  const at = (path: string) => `/api/stores/${kernel.stores.a.handle}${path}`;
  const { upload, productsOf } = anImport(kernel, me);
  const { body: run } = await upload(file, 'long.csv');
  const state = async () => (await me.get(at(`/imports/${run.id}`))).body;

  const drained = kernel.jobs.drain();
  while ((await state()).created === 0);
  t.match((await me.post(at(`/imports/${run.id}/cancel`))).body, { state: 'cancelled' });
  await drained;
  const stopped = await state();
  t.ok(stopped.created > 0 && stopped.created < PRODUCTS, `${stopped.created} products were brought`);
  t.equal((await productsOf('a')).length, stopped.created);
  t.match(await me.post(at(`/imports/${run.id}/cancel`)), { status: 409, body: { code: 'wrongState' } });

  t.equal((await me.post(at(`/imports/${run.id}/resume`))).status, 200);
  await kernel.jobs.drain();
  t.match(await state(), {
    state: 'done',
    created: PRODUCTS,
    updated: 0,
    unchanged: 0,
    failed: 0,
    records: PRODUCTS,
  });
  t.equal((await productsOf('a')).length, PRODUCTS);
});

t.test('an import whose process stops is taken up by the next one', async (t) => {
  const kernel = await startTestKernel(t, { plugins: ['import'] });
  const me = await kernel.owner('a');
  const at = (path: string) => `/api/stores/${kernel.stores.a.handle}${path}`;
  const { upload, productsOf } = anImport(kernel, me);
  const { body: run } = await upload(file, 'long.csv');
  const other = await kernel.secondNode();
  const drained = other.jobs.drain().catch(() => undefined);
  const state = async () => (await me.get(at(`/imports/${run.id}`))).body;
  while ((await state()).created === 0);
  await other.stop();
  await drained;
  t.ok((await state()).created < PRODUCTS);
  kernel.clock.move(13 * 60 * 60 * 1000); // past the time of whoever had it
  await kernel.jobs.drain();
  t.match(await state(), { state: 'done', created: PRODUCTS, failed: 0, records: PRODUCTS });
  t.equal((await productsOf('a')).length, PRODUCTS);
});
