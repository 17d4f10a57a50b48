import t from 'tap';
import { createChanges } from '../../../kernel/database/changes.ts';
import { createFeatures } from '../../../kernel/features/index.ts';
import { aManifest, startTestParts } from '../../support/parts.ts';
import { silentLog } from '../../support/database.ts';

const notes = aManifest({
  id: 'notes',
  features: [{ code: 'notes.colours', title: 'Colours', tier: 'full' }],
  limits: [{ code: 'notes.total', title: 'Notes', per: 'total', tiers: { basic: 2, full: 10 } }],
});
const { features, tenancy, database, target, a, b, merchant } = await startTestParts(t, {
  manifests: [notes],
});
const gate = async (store: number) => (await tenancy.byId(store))!.gate;

t.test('each change of a tier or a merchant is seen by the next request', async (t) => {
  t.ok((await gate(a)).features.has('notes.colours'));
  t.ok((await features.setTierValue('full', 'notes.colours', false)).ok);
  t.notOk((await gate(a)).features.has('notes.colours'));

  t.ok((await features.setOverride(merchant, 'notes.colours', true)).ok);
  t.ok((await gate(a)).features.has('notes.colours'));
  t.ok((await features.setOverride(merchant, 'notes.colours', undefined)).ok);
  t.notOk((await gate(b)).features.has('notes.colours'));

  t.ok((await features.setTierValue('full', 'notes.total', null)).ok);
  t.equal((await gate(a)).limits.get('notes.total'), null);
  t.ok((await features.setMerchantTier(merchant, 'basic')).ok);
  t.equal((await gate(b)).limits.get('notes.total'), 2);
  t.equal((await tenancy.byId(a))?.ref.tier, 'basic');
});

t.test('a change that is rolled back changes nothing', async (t) => {
  const failing = database.platform.transaction(async () => {
    await features.setMerchantTier(merchant, 'full');
    t.equal((await tenancy.byId(a))?.ref.tier, 'basic', 'nobody sees it before the commit');
    throw new Error('changed my mind');
  });
  await t.rejects(failing, /changed my mind/);
  t.equal((await tenancy.byId(a))?.ref.tier, 'basic');
});

t.test('another node hears of a change', async (t) => {
  const changes = await createChanges({ database, target, log: silentLog() });
  t.teardown(() => changes.close());
  const elsewhere = createFeatures({ database, changes, clock: { now: () => new Date() } });
  elsewhere.declare([notes]);
  const there = async () =>
    (await elsewhere.compute({ tier: 'basic', overrides: {}, plugins: {} })).limits.get('notes.total');
  t.equal(await there(), 2);

  const heard = new Promise((resolve) => changes.on('tier', resolve));
  await features.setTierValue('basic', 'notes.total', 7);
  await heard;
  t.equal(await there(), 7);
});

t.test('a plugin that comes or goes changes the gate at once', async (t) => {
  const tags = aManifest({ id: 'tags' });
  t.notOk((await gate(a)).plugins.has('tags'));
  features.declare([notes, tags]);
  t.ok((await gate(a)).plugins.has('tags'));
  t.throws(() => features.declare([notes, { ...notes, id: 'memos' }]), { code: 'KERNEL_ERR_CODE_TWICE' });
  t.ok((await gate(a)).plugins.has('tags'), 'a set that is refused leaves the old one');
});

t.test('tiers can be added and renamed, each in its own place', async (t) => {
  t.ok((await features.saveTier({ code: 'gold', title: 'Gold', position: 3 })).ok);
  t.ok((await features.saveTier({ code: 'gold', title: 'Golden', position: 4 })).ok);
  t.match(await features.saveTier({ code: 'silver', title: 'Silver', position: 4 }), {
    refusal: 'positionTaken',
  });
  t.match(await features.saveTier({ code: 'No Good', title: 'X', position: 9 }), { refusal: 'badCode' });
  t.same(await features.tiers(), [
    { code: 'basic', title: 'Basic', position: 1 },
    { code: 'full', title: 'Full', position: 2 },
    { code: 'gold', title: 'Golden', position: 4 },
  ]);
});

t.test('refuses what nobody declares or cannot be, with what was meant', async (t) => {
  t.match(await features.setTierValue('full', 'notes.colors', true), {
    refusal: 'unknownCode',
    details: { hint: "did you mean 'notes.colours'?" },
  });
  t.match(await features.setTierValue('full', 'notes.colours', 3), { refusal: 'badValue' });
  t.match(await features.setTierValue('full', 'notes.total', true), { refusal: 'badValue' });
  t.match(await features.setTierValue('full', 'notes.total', -1), { refusal: 'badValue' });
  t.match(await features.setTierValue('platinum', 'notes.total', 1), { refusal: 'unknownTier' });
  t.match(await features.setOverride(999, 'notes.total', 1), { refusal: 'unknownMerchant' });
  t.match(await features.setMerchantTier(merchant, 'platinum'), { refusal: 'unknownTier' });
  t.match(await features.setMerchantTier(999, 'full'), { refusal: 'unknownMerchant' });
});
