import fc from 'fast-check';
import t from 'tap';
import { computeGate, type Catalogue } from '../../../kernel/features/compute-gate.ts';
import { readDeclarations } from '../../../kernel/features/declarations.ts';
import type { TierValue } from '../../../kernel/parts.ts';
import { aManifest } from '../../support/parts.ts';

const tiers = [
  { code: 'basic', title: 'Basic', position: 1 },
  { code: 'full', title: 'Full', position: 2 },
];
const untouched: Catalogue = { tiers, values: new Map(), plugins: new Map() };
const notes = aManifest({
  id: 'notes',
  features: [
    { code: 'notes.basic', title: 'Notes' },
    { code: 'notes.colours', title: 'Colours', tier: 'full' },
    { code: 'notes.golden', title: 'Golden', tier: 'gold' },
  ],
  limits: [{ code: 'notes.total', title: 'Notes', per: 'total', tiers: { basic: 10, full: null } }],
});
const tags = aManifest({
  id: 'tags',
  dependsOn: { notes: '^1.0.0' },
  features: [{ code: 'tags.basic', title: 'Tags' }],
  limits: [{ code: 'tags.total', title: 'Tags', per: 'month', tiers: { full: 5 } }],
});
const declared = readDeclarations([tags, notes]);
const gate = (
  change: { tier?: string; overrides?: Record<string, TierValue>; plugins?: Record<string, boolean> },
  catalogue = untouched,
) => {
  const { plugins, features, limits } = computeGate(declared, catalogue, {
    tier: 'full',
    overrides: {},
    plugins: {},
    ...change,
  });
  return { plugins: [...plugins].sort(), features: [...features].sort(), limits: Object.fromEntries(limits) };
};

t.test('a tier has what plugins give it and the tiers below', async (t) => {
  t.same(gate({ tier: 'basic' }), {
    plugins: ['notes', 'tags'],
    features: ['notes.basic', 'tags.basic'],
    limits: { 'tags.total': 0, 'notes.total': 10 },
  });
  t.same(gate({ tier: 'full' }), {
    plugins: ['notes', 'tags'],
    features: ['notes.basic', 'notes.colours', 'tags.basic'],
    limits: { 'tags.total': 5, 'notes.total': null },
  });
});

t.test("an admin's value for a tier counts more than the plugin's, a merchant's own most", async (t) => {
  const changed: Catalogue = {
    ...untouched,
    values: new Map([['full', { 'notes.colours': false, 'notes.total': 3, 'tags.total': 4 }]]),
  };
  t.same(gate({}, changed).features, ['notes.basic', 'tags.basic']);
  t.same(gate({}, changed).limits, { 'tags.total': 4, 'notes.total': 3 });

  const own = gate({ overrides: { 'notes.colours': true, 'notes.total': null } }, changed);
  t.same(own.features, ['notes.basic', 'notes.colours', 'tags.basic']);
  t.same(own.limits, { 'tags.total': 4, 'notes.total': null });
});

t.test('a plugin that is off for the tier or the store takes along what depends on it', async (t) => {
  const nothing = { plugins: [], features: [], limits: {} };
  const offForTier: Catalogue = { ...untouched, plugins: new Map([['full', { notes: false }]]) };
  t.same(gate({ plugins: { notes: false }, overrides: { 'notes.basic': true } }), nothing);
  t.same(
    gate({ plugins: { notes: true } }, offForTier),
    nothing,
    'a store cannot have what its tier has not',
  );
  t.same(gate({ plugins: { tags: false } }).plugins, ['notes']);
});

t.test('a value of the wrong kind gives nothing', async (t) => {
  const wrong = gate({ overrides: { 'notes.colours': 7, 'notes.total': true } });
  t.same(wrong.features, ['notes.basic', 'tags.basic']);
  t.equal(wrong.limits['notes.total'], 0);
});

t.test('a code that two plugins declare is refused with both names', async (t) => {
  const twice = aManifest({
    id: 'memos',
    limits: [{ code: 'notes.basic', title: 'X', per: 'total', tiers: {} }],
  });
  t.throws(() => readDeclarations([notes, twice]), {
    code: 'KERNEL_ERR_CODE_TWICE',
    message: /'notes.basic'.*'notes'.*'memos'/,
  });
});

t.test('whatever depends on what, a plugin that is on has all it needs', async () => {
  const ids = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];
  const graph = fc.array(fc.subarray(ids), { minLength: ids.length, maxLength: ids.length }); // circles too
  const switches = fc.dictionary(fc.constantFrom(...ids), fc.boolean());
  fc.assert(
    fc.property(graph, switches, switches, (needs, ofTier, ofStore) => {
      const manifests = ids.map((id, index) =>
        aManifest({
          id,
          dependsOn: Object.fromEntries(needs[index]!.map((other) => [other, '*'])),
          features: [{ code: `${id}.x`, title: id }],
        }),
      );
      const catalogue = { ...untouched, plugins: new Map([['full', ofTier]]) };
      const { plugins, features } = computeGate(readDeclarations(manifests), catalogue, {
        tier: 'full',
        overrides: {},
        plugins: ofStore,
      });
      for (const [index, id] of ids.entries()) {
        const isSwitchedOff = ofTier[id] === false || ofStore[id] === false;
        if (plugins.has(id) && (isSwitchedOff || !needs[index]!.every((other) => plugins.has(other))))
          return false;
        if (plugins.has(id) !== features.has(`${id}.x`)) return false;
      }
      return true;
    }),
  );
});
