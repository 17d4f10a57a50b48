import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import { letterData } from '../services/letter-data.ts';
import { sample } from '../emails/sample.ts';
import { aDraft } from './drafts.ts';

const { inStore, jobs } = await startTestKernel(t, { plugins: ['orders', 'mail'] });
const CODES = ['orders.confirmation', 'orders.shipped', 'orders.refunded', 'orders.cancelled'];

t.test('every mail reads well in each language, in both forms, with nothing left to fill in', async (t) => {
  for (const template of CODES)
    for (const locale of ['en', 'fr', 'de', 'lb']) {
      const preview = await inStore('a', 'orders', ({ mailer }) => mailer.preview({ template, locale }));
      if (!preview.ok) throw new Error(`${template} ${locale}: ${JSON.stringify(preview)}`);
      const { subject, html, text } = preview.value;
      t.match(subject, /#1042/, `${template} ${locale}`);
      for (const form of [subject, html, text]) t.notMatch(form, /\{\{|\{%|undefined|\[object/);
      t.match(html, 'Ada');
      t.match(text, 'Ada');
      t.notMatch(text, /<(p|table|td|strong)/);
    }
});

t.test('the confirmation names what was bought, what it costs and where it goes', async (t) => {
  const preview = await inStore('a', 'orders', ({ mailer }) =>
    mailer.preview({ template: 'orders.confirmation', locale: 'fr' }),
  );
  if (!preview.ok) throw new Error(preview.refusal);
  const text = preview.value.text.replaceAll(/[\u00a0\u202f]/g, ' ');
  for (const words of [
    '2 × Mug (Blue)  39,98 €',
    'Remise: -8,50 €',
    'Total: 82,38 €',
    'dont TVA 17 %: 11,97 €',
  ])
    t.match(text, words);
  t.match(text, 'Engraving: Ada');
  t.match(text, 'https://shop.example.lu/checkout/orders/sample');
});

t.test('the sample has just what a real mail is filled with', async (t) => {
  const order = await inStore('a', 'orders', async ({ orders, totals }) => {
    const draft = aDraft(totals);
    const lines = draft.lines.map((line) => ({ ...line, properties: { Engraving: 'Ada' } }));
    const placed = await orders.place({ ...draft, lines });
    return placed.ok ? orders.find(placed.value.id) : undefined;
  });
  const data = letterData(order!, { url: sample.order.url });
  t.same(shapeOf(data), shapeOf(sample));
});

t.test('what a buyer typed stays text', async (t) => {
  const typed = '<script>{{ store.name }}';
  const data = { ...sample, name: typed, lines: [{ ...sample.lines[0], title: typed }] };
  const preview = await inStore('a', 'orders', ({ mailer }) =>
    mailer.preview({ template: 'orders.confirmation', data }),
  );
  if (!preview.ok) throw new Error(preview.refusal);
  t.notMatch(preview.value.html, '<script>');
  t.match(preview.value.html, '&lt;script&gt;{{ store.name }}');
  t.match(preview.value.text, typed);
});

t.test('a placed order is confirmed once', async (t) => {
  await inStore('a', 'orders', ({ orders, totals }) =>
    orders.place(aDraft(totals, { email: 'once@example.lu' })),
  );
  await jobs.drain();
  const sent = await inStore('a', 'orders', ({ mailer }) => mailer.list({ to: 'once@example.lu' }));
  t.match(sent, [{ template: 'orders.confirmation', subject: /^Your order #/ }]);
  t.equal(sent.length, 1);
});

t.test('no mail goes out for orders that come from elsewhere', async (t) => {
  const before = await inStore(
    'a',
    'orders',
    async ({ mailer }) => (await mailer.list({ limit: 100 })).length,
  );
  await inStore('a', 'orders', ({ orders, totals }) =>
    orders.place(aDraft(totals, { placedAt: new Date('2025-01-01T10:00:00Z') })),
  );
  await jobs.drain();
  const after = await inStore(
    'a',
    'orders',
    async ({ mailer }) => (await mailer.list({ limit: 100 })).length,
  );
  t.equal(after, before);
});

/** Names to the depth, without the values; of a list, its first entry. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value))
    return value.length > 0 && typeof value[0] === 'object' ? [shapeOf(value[0])] : [];
  if (typeof value !== 'object' || value === null) return typeof value;
  const entries = Object.entries(value).map(([name, one]) => [name, shapeOf(one)] as const);
  return Object.fromEntries(entries.sort());
}
