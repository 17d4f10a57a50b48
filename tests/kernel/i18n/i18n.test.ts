import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { within, type StoreContext } from '../../../kernel/context.ts';
import { createI18n } from '../../../kernel/i18n/index.ts';
import type { KernelLog, LoadedPlugin } from '../../../kernel/parts.ts';
import { aManifest } from '../../support/parts.ts';

/** i18n over a plugin's folder with these files; `said` is what it logged. */
async function speak(t: { testdir(): string }, files: Record<string, unknown>) {
  const folder = t.testdir();
  await mkdir(join(folder, 'locales'));
  for (const [locale, content] of Object.entries(files)) {
    await writeFile(
      join(folder, 'locales', `${locale}.json`),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  }
  const said: string[] = [];
  const error = (_: unknown, message: string) => void said.push(message);
  const i18n = createI18n({ log: { error } as unknown as KernelLog });
  await i18n.follow([{ manifest: aManifest({ id: 'notes' }), folder } as LoadedPlugin]);
  return { i18n, notes: i18n.forPlugin('notes'), said };
}

const inLanguages = <Value>(locale: string | undefined, ofStore: string, work: () => Value) =>
  within({ store: { ref: { locale: ofStore } } as StoreContext, ...(locale ? { locale } : {}) }, work);

t.test("speaks the language asked for, else the store's, else English, else the key", async (t) => {
  const { notes } = await speak(t, {
    en: { hello: 'Hello', bye: 'Bye', only: 'Only English' },
    de: { hello: 'Hallo', bye: 'Tschüss' },
    lb: { hello: 'Moien' },
    fr: { hello: 'Bonjour' },
  });
  inLanguages('lb', 'de', () => {
    t.equal(notes.text('hello'), 'Moien');
    t.equal(notes.text('bye'), 'Tschüss');
    t.equal(notes.text('only'), 'Only English');
    t.equal(notes.text('nothing'), 'nothing');
    t.equal(notes.text('hello', {}, 'fr'), 'Bonjour');
    t.equal(notes.text('hello', {}, 'fr-LU'), 'Bonjour');
  });
  inLanguages(undefined, 'de', () => t.equal(notes.text('hello'), 'Hallo'));
  t.equal(notes.text('hello'), 'Hello');
  t.same(notes.locales, ['de', 'en', 'fr', 'lb']);
});

t.test('counts and dates as the language does, and leaves tags alone', async (t) => {
  const { notes } = await speak(t, {
    en: { count: '{count, plural, =0 {No notes} one {# note} other {# notes}}', bold: 'a <b>{what}</b> < c' },
    fr: { count: '{count, plural, one {# note} other {# notes}} écrite{count, plural, one {} other {s}}' },
  });
  t.equal(notes.text('count', { count: 0 }), 'No notes');
  t.equal(notes.text('count', { count: 1234 }), '1,234 notes');
  t.equal(notes.text('count', { count: 0 }, 'fr'), '0 note écrite');
  t.equal(notes.text('bold', { what: '<i>' }), 'a <b><i></b> < c');
});

t.test('a wrong message or file is named, and the others go on', async (t) => {
  const { notes, said } = await speak(t, {
    en: { broken: 'Hello {name', good: 'Good', needs: 'Hello {name}' },
    de: { broken: 'Hallo {name', nested: { deep: 'x' }, good: 'Gut' },
    fr: '{ not json',
  });
  t.equal(notes.text('good', {}, 'de'), 'Gut');
  t.equal(notes.text('broken', { name: 'Ada' }, 'de'), 'broken');
  t.equal(notes.text('needs'), 'needs', 'a value is missing');
  t.equal(notes.text('needs', { name: 'Ada' }), 'Hello Ada');
  t.equal(notes.text('good', {}, 'fr'), 'Good');
  for (const named of [
    /locales\/de\.json.*'nested'/,
    /locales\/fr\.json.*JSON/,
    /'broken' in locales\/de\.json of plugin 'notes'/,
    /'needs' in locales\/en\.json/,
  ]) {
    t.ok(
      said.some((line) => named.test(line)),
      String(named),
    );
  }
});

t.test('texts follow the set of plugins', async (t) => {
  const { i18n, notes } = await speak(t, { en: { hello: 'Hello' } });
  t.equal(notes.text('hello'), 'Hello');
  await i18n.follow([
    { manifest: aManifest({ id: 'silent' }), folder: join(t.testdir(), 'nowhere') } as LoadedPlugin,
  ]);
  t.equal(notes.text('hello'), 'hello');
  t.same(i18n.forPlugin('silent').locales, []);
});
