import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import t from 'tap';
import { readLocales } from '../../kernel/i18n/catalogue.ts';
import { silentLog } from '../support/database.ts';

const PLUGINS = fileURLToPath(new URL('../../plugins', import.meta.url));
const LANGUAGES = ['de', 'en', 'fr', 'lb'];

for (const plugin of await readdir(PLUGINS)) {
  t.test(`${plugin} says everything in four languages`, async (t) => {
    const complaints: Parameters<typeof silentLog>[0] = [];
    const catalogue = await readLocales(join(PLUGINS, plugin), plugin, silentLog(complaints));
    t.same(complaints, []);
    if (catalogue.size === 0) return; // it says nothing
    const every = new Set([...catalogue.values()].flatMap((messages) => [...messages.keys()]));
    const lacks = Object.fromEntries(
      LANGUAGES.map((language) => [language, [...every].filter((key) => !catalogue.get(language)?.has(key))]),
    );
    t.same(lacks, { de: [], en: [], fr: [], lb: [] });
  });
}
