import t from 'tap';
import type { StoreContext } from '../../../kernel/context.ts';
import { createStoreCache } from '../../../kernel/tenancy/store-cache.ts';

const aStore = (id: number) => ({ ref: { id } }) as StoreContext;
const stores = { a: aStore(1), b: aStore(2) };

t.test('keeps nothing that a change has overtaken while it was read', async (t) => {
  const reads: ((store: typeof stores.a) => void)[] = [];
  const cache = createStoreCache({
    load: () => new Promise((resolve) => reads.push(resolve)),
    isTrusted: () => true,
    clock: { now: () => new Date(0) },
  });
  const early = cache.find('id', 1);
  cache.drop();
  const late = cache.find('id', 1);
  t.equal(reads.length, 2, 'who asks after the change waits for a read of his own');
  reads[0]!(stores.a);
  t.equal(await early, stores.a);
  reads[1]!(stores.b);
  t.equal(await late, stores.b);
  t.equal(cache.find('id', 1), stores.b);
});

t.test('takes random hosts without pushing stores out', async (t) => {
  const cache = createStoreCache({
    load: async (_, value) => (value === 'a' ? stores.a : undefined),
    isTrusted: () => true,
    clock: { now: () => new Date(0) },
  });
  await cache.find('handle', 'a');
  for (let number = 0; number < 30_000; number += 1) await cache.find('handle', `random-${number}`);
  t.equal(cache.find('handle', 'a'), stores.a);
});
