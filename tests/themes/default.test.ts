import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import t from 'tap';
import type { Json } from 'kontor/sdk';
import { createEngine } from '../../plugins/liquid/engine/engine.ts';
import { themeTables } from '../../plugins/liquid/engine/tables.ts';
import { SHOP_FILTERS } from '../../plugins/storefront/render/filters/index.ts';
import { SHOP_TAGS } from '../../plugins/storefront/render/tags/index.ts';
import { findingLine, reportOf } from '../../plugins/storefront/themes/judge/findings.ts';
import { judgeTheme } from '../../plugins/storefront/themes/judge/judge-theme.ts';
import { liquidJudge } from '../../plugins/storefront/themes/judge/liquid-judge.ts';
import { isObject, readJson } from '../../plugins/storefront/themes/model/lenient-json.ts';
import { readSchema, schemaBody } from '../../plugins/storefront/themes/model/schema.ts';
import { readSettingsSchema } from '../../plugins/storefront/themes/model/theme-settings.ts';
import { readFolder } from '../../plugins/storefront/themes/zip/read-folder.ts';
import { themeFilesOf } from '../../plugins/storefront/themes/zip/theme-files.ts';

const FOLDER = fileURLToPath(new URL('../../themes/default', import.meta.url));
const LANGUAGES = ['de', 'en', 'fr', 'lb'];
const SCRIPTS = 30_000; // bytes of all scripts together

const { files, ignored, faults } = themeFilesOf(await readFolder(FOLDER));
const text = (path: string): string => files.get(path) as string;
const paths = [...files.keys()];
const liquidFiles = paths.filter((path) => path.endsWith('.liquid'));
const shop = createEngine(themeTables({ filters: SHOP_FILTERS, tags: SHOP_TAGS }));

t.test('the theme is judged without an error and without a warning', async (t) => {
  t.same({ ignored, faults }, { ignored: [], faults: [] });
  const { errors, warnings } = reportOf(
    await judgeTheme(
      files,
      liquidJudge(() => shop),
    ),
  );
  t.same([...errors, ...warnings].map(findingLine), []);
});

t.test('every text that it asks for is there in four languages, and none is there for nothing', async (t) => {
  const texts = await keysByLanguage((language) => `locales/${language}.json`);
  t.same(lacking(texts), {});
  const asked = new Set(liquidFiles.flatMap((path) => askedIn(text(path))));
  const known = new Set([...texts.en!.keys()].map((key) => key.replace(/\.(?:one|few|many|other)$/, '')));
  t.same(
    {
      missing: [...asked].filter((key) => !known.has(key)),
      unasked: [...known].filter((key) => !asked.has(key)),
    },
    { missing: [], unasked: [] },
  );
  for (const key of texts.en!.keys()) {
    const places = LANGUAGES.map((language) => placesIn(texts[language]!.get(key)!));
    t.same(new Set(places).size, 1, `${key} has the same places in every language`);
  }
});

t.test('every word of the editor is there in four languages, and none is there for nothing', async (t) => {
  const texts = await keysByLanguage((language) => `locales/${language}.schema.json`);
  t.same(lacking(texts), {});
  const asked = new Set(paths.flatMap((path) => wordsOfEditor(path)));
  const known = [...texts.en!.keys()];
  t.same(
    {
      missing: [...asked].filter((key) => !known.includes(key)),
      unasked: known.filter((key) => !asked.has(key)),
    },
    { missing: [], unasked: [] },
  );
  const names = known.filter((key) => key.startsWith('names.'));
  const long = names.filter((key) => LANGUAGES.some((language) => texts[language]!.get(key)!.length > 25));
  t.same(long, [], 'names of sections fit into the editor');
});

t.test('every setting that it reads is one, and none is there for nothing', async (t) => {
  const ofTheme = readSettingsSchema(text('config/settings_schema.json')).settings.flatMap(
    ({ id }) => id ?? [],
  );
  const all = liquidFiles.map(text).join('\n');
  const read = settingsRead(all, /(?<![.:\w])settings\.(\w+)/g);
  t.same({ unknown: read.filter((id) => !ofTheme.includes(id)) }, { unknown: [] });
  const bySplit = ofTheme.filter((id) => id.startsWith('social_')); // read by their names
  t.same(
    ofTheme.filter((id) => !read.includes(id) && !bySplit.includes(id)),
    [],
    'each is read somewhere',
  );
  for (const path of paths.filter((one) => /^sections\/.+\.liquid$/.test(one))) {
    const { settings, blocks } = readSchema(text(path));
    const own = settings.flatMap(({ id }) => id ?? []);
    const inBlocks = blocks.flatMap((block) => block.settings.flatMap(({ id }) => id ?? []));
    const ofSection = settingsRead(text(path), /section\.settings\.(\w+)/g);
    const ofBlocks = settingsRead(text(path), /block\.settings\.(\w+)/g);
    t.same([...ofSection].sort(), [...new Set(own)].sort(), `${path}: settings`);
    t.same([...ofBlocks].sort(), [...new Set(inBlocks)].sort(), `${path}: settings of blocks`);
  }
});

t.test('all of its scripts together are small, and none asks another place', async (t) => {
  const scripts = paths.filter((path) => path.endsWith('.js'));
  const bytes = scripts.reduce((sum, path) => sum + Buffer.byteLength(text(path)), 0);
  t.ok(bytes < SCRIPTS, `${bytes} bytes`);
  const elsewhere = [...scripts, 'assets/theme.css'].flatMap((path) =>
    [...text(path).matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host]) => host!),
  );
  t.same(
    elsewhere.sort(),
    ['player.vimeo.com', 'www.youtube-nocookie.com'],
    'films, once somebody plays them',
  );
});

function settingsRead(source: string, pattern: RegExp): string[] {
  return [...new Set([...source.matchAll(pattern)].map(([, id]) => id!))];
}

/** `'cart.title' | t`, and texts that are asked for by a name that a loop makes. */
function askedIn(source: string): string[] {
  const plain = [...source.matchAll(/'([a-z_]+\.[a-z_0-9]+)' \| t\b/g)].map(([, key]) => key!);
  const prefix = /assign key = '(\w+\.)' \| append: name/.exec(source)?.[1];
  const names = /assign names = '([\w,]+)'/.exec(source)?.[1]?.split(',') ?? [];
  return [...plain, ...(prefix ? names.map((name) => `${prefix}${name}`) : [])];
}

/** Every `t:` of a schema, a group or the settings. */
function wordsOfEditor(path: string): string[] {
  if (!/^(?:config|sections|blocks|templates)\//.test(path)) return [];
  const source = path.endsWith('.json') ? text(path) : (schemaBody(text(path))?.text ?? '');
  return [...source.matchAll(/"t:([\w.]+)"/g)].map(([, key]) => key!);
}

async function keysByLanguage(
  fileOf: (language: string) => string,
): Promise<Record<string, Map<string, string>>> {
  const all = await Promise.all(
    LANGUAGES.map(async (language) => {
      const name = language === 'en' ? 'en.default' : language;
      const read = readJson(await readFile(join(FOLDER, fileOf(name)), 'utf8'));
      return [language, new Map(read.ok ? flat(read.value) : [])] as const;
    }),
  );
  return Object.fromEntries(all);
}

function flat(value: Json, prefix = ''): [string, string][] {
  if (!isObject(value)) return [[prefix, String(value)]];
  return Object.entries(value).flatMap(([key, one]) => flat(one, prefix ? `${prefix}.${key}` : key));
}

function lacking(texts: Record<string, Map<string, string>>): Record<string, string[]> {
  const every = new Set(Object.values(texts).flatMap((all) => [...all.keys()]));
  const lacks = Object.entries(texts).map(
    ([language, all]) => [language, [...every].filter((key) => !all.get(key))] as const,
  );
  return Object.fromEntries(lacks.filter(([, keys]) => keys.length > 0));
}

const placesIn = (words: string): string =>
  [...words.matchAll(/\{\{ (\w+) \}\}/g)]
    .map(([, name]) => name)
    .sort()
    .join(',');
