import fc from 'fast-check';
import t from 'tap';
import { aManifest, startTestParts } from '../../support/parts.ts';

const notes = aManifest({
  id: 'notes',
  features: [
    { code: 'notes.basic', title: 'Notes' },
    { code: 'notes.colours', title: 'Colours', tier: 'full' },
  ],
  limits: [
    { code: 'notes.total', title: 'Notes', per: 'total', tiers: { basic: 2, full: 10 } },
    { code: 'notes.per_month', title: 'Notes a month', per: 'month', tiers: { full: 1 } },
    { code: 'notes.endless', title: 'Endless', per: 'total', tiers: { full: null } },
  ],
});
const { features, tenancy, database, statements, clock, a, b, merchant, inStore } = await startTestParts(t, {
  manifests: [notes],
});
const service = features.features;

t.beforeEach(async () => {
  await features.setMerchantTier(merchant, 'full');
  await database.platform.query('delete from kernel.usage where store_id = any($1)', [[a, b]]);
});

t.test('knows what is on without a statement', async (t) => {
  await inStore(a, async () => {
    const before = statements();
    t.ok(service.isOn('notes.colours'));
    t.notOk(service.isOn('notes.unheard_of'));
    service.require('notes.colours');
    t.equal(statements(), before);
  });
  t.notOk(service.isOn('notes.colours'), 'outside of a store nothing is on');
});

t.test('refuses a feature by naming the lowest tier that has it', async (t) => {
  await features.setMerchantTier(merchant, 'basic');
  await inStore(a, () => {
    t.throws(() => service.require('notes.colours'), {
      code: 'KERNEL_ERR_FEATURE_OFF',
      status: 403,
      message: /'notes.colours'; it comes with the tier Full/,
    });
    t.throws(() => service.require('other.thing'), { message: /no tier of this platform has it/ });
  });
});

t.test('of fifty who use a limit of ten at once, ten may', async (t) => {
  const results = await inStore(a, () =>
    Promise.all(Array.from({ length: 50 }, () => service.use('notes.total'))),
  );
  t.equal(results.filter(({ ok }) => ok).length, 10);
  t.match(
    results.find(({ ok }) => !ok),
    { refusal: 'limitReached', details: { limit: 'notes.total', used: 10, max: 10 } },
  );
  t.same(await inStore(a, () => service.limit('notes.total')), { used: 10, max: 10 });
  t.same(
    await inStore(b, () => service.limit('notes.total')),
    { used: 0, max: 10 },
    'the other store has its own',
  );
});

t.test('takes all or nothing', async (t) => {
  await inStore(a, async () => {
    t.match(await service.use('notes.total', 11), { refusal: 'limitReached', details: { used: 0, max: 10 } });
    t.match(await service.use('notes.total', 7), { ok: true, value: { used: 7, max: 10 } });
    t.match(await service.use('notes.total', 4), { refusal: 'limitReached', details: { used: 7, max: 10 } });
    t.match(await service.use('notes.total', 3), { ok: true, value: { used: 10, max: 10 } });
    t.match(await service.use('notes.endless', 1_000_000), { ok: true, value: { max: null } });
  });
});

t.test('what is rolled back was never used', async (t) => {
  await inStore(a, async () => {
    const failing = database.transaction(async () => {
      await service.use('notes.total', 10);
      throw new Error('changed my mind');
    });
    await t.rejects(failing, /changed my mind/);
    t.same(await service.limit('notes.total'), { used: 0, max: 10 });
  });
});

t.test('counts as a plain counter would, whatever is used and given back', async () => {
  const step = fc.record({
    kind: fc.constantFrom('use', 'release'),
    count: fc.integer({ min: 1, max: 12 }),
    store: fc.constantFrom(a, b),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      await database.platform.query('delete from kernel.usage where store_id = any($1)', [[a, b]]);
      const used = new Map([
        [a, 0],
        [b, 0],
      ]);
      for (const { kind, count, store } of steps) {
        const before = used.get(store)!;
        if (kind === 'release') {
          await inStore(store, () => service.release('notes.total', count));
          used.set(store, Math.max(0, before - count));
        } else {
          const { ok } = await inStore(store, () => service.use('notes.total', count));
          if (ok !== before + count <= 10) return false;
          if (ok) used.set(store, before + count);
        }
      }
      const seen = await Promise.all(
        [a, b].map((store) => inStore(store, () => service.limit('notes.total'))),
      );
      return seen[0]!.used === used.get(a) && seen[1]!.used === used.get(b);
    }),
    { numRuns: 25 },
  );
});

t.test('a month begins when it begins in the store', async (t) => {
  const use = () => inStore(a, async () => (await service.use('notes.per_month')).ok);
  clock.set('2026-11-30T22:59:59Z'); // 23:59:59 in Luxembourg
  t.equal(await use(), true);
  t.equal(await use(), false);
  clock.set('2026-11-30T23:00:00Z');
  t.equal(await use(), true);
  clock.set('2026-11-23T12:00:00Z');
});

t.test('after a downgrade everything stays, and what is over the limit is read-only', async (t) => {
  await inStore(a, () => service.use('notes.total', 5));
  t.match(await inStore(a, () => service.checkWritable('notes.total')), { ok: true });

  await features.setMerchantTier(merchant, 'basic');
  t.match(await inStore(a, () => service.checkWritable('notes.total')), {
    refusal: 'overLimit',
    details: { limit: 'notes.total', used: 5, max: 2 },
  });
  t.match(await inStore(a, () => service.use('notes.total')), { refusal: 'limitReached' });

  await inStore(a, () => service.release('notes.total', 3));
  t.match(await inStore(a, () => service.checkWritable('notes.total')), { ok: true });
});

t.test('a limit of a plugin that is off gives nothing', async (t) => {
  await database.platform.query(
    'insert into kernel.store_plugins (store_id, plugin, is_on) values ($1, $2, false)',
    [a, 'notes'],
  );
  await features.setMerchantTier(merchant, 'full');
  t.match(await inStore(a, () => service.use('notes.total')), {
    refusal: 'limitReached',
    details: { max: 0 },
  });
  t.notOk(await inStore(a, () => service.isOn('notes.basic')));
  t.ok(await inStore(b, () => service.isOn('notes.basic')));
  await database.platform.query('delete from kernel.store_plugins where store_id = $1', [a]);
});

t.test('mistakes of code are thrown, with what was meant', async (t) => {
  await inStore(a, async () => {
    await t.rejects(service.use('notes.totl'), {
      code: 'KERNEL_ERR_UNKNOWN_LIMIT',
      message: /did you mean 'notes.total'/,
    });
    await t.rejects(service.use('notes.total', 0), { code: 'KERNEL_ERR_LIMIT_COUNT' });
    await t.rejects(service.release('notes.total', 1.5), { code: 'KERNEL_ERR_LIMIT_COUNT' });
  });
  await t.rejects(service.use('notes.total'), { code: 'KERNEL_ERR_NO_STORE' });
  t.equal(tenancy.stores.maybeCurrent(), undefined);
});
