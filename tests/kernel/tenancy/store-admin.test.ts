import t from 'tap';
import { startTestParts } from '../../support/parts.ts';

const { tenancy, merchant, a, b } = await startTestParts(t);

t.test('makes merchants and stores, and lists them page by page', async (t) => {
  const another = await tenancy.admin.createMerchant({ name: 'Another', tier: 'basic' });
  if (!another.ok) throw new Error(another.refusal);
  const made = await tenancy.admin.createStore({
    merchantId: another.value.id,
    handle: 'kiosk',
    name: 'Kiosk',
    locale: 'fr',
    locales: ['de', 'fr'],
    timeZone: 'Europe/Paris',
  });
  if (!made.ok) throw new Error(made.refusal);

  t.same(made.value, {
    id: made.value.id,
    handle: 'kiosk',
    name: 'Kiosk',
    state: 'active',
    merchantId: another.value.id,
    tier: 'basic',
    locale: 'fr',
    locales: ['fr', 'de'],
    currency: 'EUR',
    timeZone: 'Europe/Paris',
    host: 'kiosk.localhost:3000',
  });
  t.same((await tenancy.byHandle('kiosk'))?.ref, made.value);

  const first = await tenancy.admin.list({ limit: 2 });
  t.same(
    first.map(({ id }) => id),
    [a, b],
  );
  t.same(await tenancy.admin.list({ after: b, limit: 2 }), [made.value]);
});

t.test('refuses what cannot be a store, and says why', async (t) => {
  const refusal = async (change: object) => {
    const result = await tenancy.admin.createStore({
      merchantId: merchant,
      handle: 'stall',
      name: 'Stall',
      ...change,
    });
    return result.ok ? 'made' : [result.refusal, result.details.field];
  };
  t.same(await refusal({ handle: 'admin' }), ['invalid', 'handle']);
  t.same(await refusal({ handle: 'Kiosk!' }), ['invalid', 'handle']);
  t.same(await refusal({ name: ' ' }), ['invalid', 'name']);
  t.same(await refusal({ currency: 'XYZ' }), ['invalid', 'currency']);
  t.same(await refusal({ locale: 'french' }), ['invalid', 'locales']);
  t.same(await refusal({ timeZone: 'Europe/Esch' }), ['invalid', 'timeZone']);
  t.same(await refusal({ merchantId: 999 }), ['unknownMerchant', undefined]);
  t.same(await refusal({}), 'made');
  t.same(await refusal({}), ['handleTaken', undefined]);
  t.match(await tenancy.admin.createMerchant({ name: 'M', tier: 'gold' }), { refusal: 'unknownTier' });
});
