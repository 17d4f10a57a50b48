import t from 'tap';
import { createJudge } from '../../../kernel/plugins/judge.ts';
import { aManifest } from './workshop.ts';

const judge = createJudge();
const faults = (manifest: object) => {
  const verdict = judge('plugins/notes/plugin.json', JSON.stringify(manifest));
  return 'faults' in verdict ? verdict.faults : [];
};

t.test('takes a manifest that says all it should', async (t) => {
  const manifest = aManifest('payments-stripe', {
    features: [{ code: 'payments-stripe.connect', title: 'Connect', tier: 'professional' }],
    limits: [
      {
        code: 'payments-stripe.accounts',
        title: 'Accounts',
        per: 'total',
        tiers: { essential: 1, enterprise: null },
      },
    ],
    permissions: [{ code: 'payments-stripe.refund', title: 'Refund', presets: ['owner'] }],
    settings: { type: 'object', properties: { key: { type: 'string', secret: true } } },
    declares: { jobs: ['payments-stripe.sync-payouts'], events: ['payout.sent'], services: ['stripe'] },
  });
  t.same(judge('plugin.json', JSON.stringify(manifest)), { manifest });
});

t.test('says what was wanted, what came, where, and how to mend it', async (t) => {
  const file = 'plugins/notes/plugin.json';
  t.match(judge(file, '{ "id": "notes", }'), { faults: [/^Expected JSON in plugins\/notes\/plugin\.json/] });
  t.same(faults({ id: 'notes', version: '1.0.0', requires: '^1.0.0', titel: 'Notes' }), [
    `${file} at /: expected the field 'title', got none; add it`,
    `${file} at /: unknown field 'titel'; did you mean 'title'?`,
  ]);
  const limits = [{ code: 'notes.kept', title: 'Kept', per: 'week', tiers: {} }];
  t.same(faults({ ...aManifest('notes'), limits }), [
    `${file} at /limits/0/per: expected one of total, month, got "week"`,
  ]);
  t.match(faults({ ...aManifest('notes'), id: 'My Notes' }), [
    /at \/id: expected kebab-case, got "My Notes"/,
  ]);
  t.match(faults({ ...aManifest('notes'), features: [{ code: 'notes.per-month', title: 'Some' }] }), [
    /expected the plugin’s id, a dot, then small letters, digits and _, e\.g\. notes\.per_month, got "notes\.per-month"/,
  ]);
  t.match(faults({ ...aManifest('notes'), version: 'one', dependsOn: { cart: 'newest' } }), [
    /expected a semver version such as 1\.4\.0, got 'one'/,
    /expected a semver range such as \^1\.2\.0 for 'cart', got 'newest'/,
  ]);
  t.match(faults({ ...aManifest('notes'), settings: { type: 'objekt' } }), [
    /expected a JSON Schema in 'settings'/,
  ]);
});

t.test('lets a plugin declare codes of its own id only, and each once', async (t) => {
  const features = [
    { code: 'notes.pin', title: 'Pin' },
    { code: 'notes.pin', title: 'Pin' },
    { code: 'notebook.pin', title: 'Pin' },
  ];
  t.match(faults(aManifest('notes', { features })), [
    /the feature 'notebook\.pin' is not this plugin's to declare; begin it with 'notes\.'/,
    /the feature 'notes\.pin' is declared twice; keep one/,
  ]);
});
