import type { Json, ThemeTree } from 'kontor/sdk';
import { isObject, readJson } from './lenient-json.ts';
import { kindOf } from './paths.ts';
import { readSchema } from './schema.ts';
import { readSettingsSchema } from './theme-settings.ts';

type Texts = (key: string) => string | undefined;

/**
 * Everything an editor draws of a theme: its sections and blocks by name, and the groups of its settings. Words that the
 * theme has by language (`t:settings.colour`) are those of the language.
 */
export function editorSchemas(tree: Pick<ThemeTree, 'paths' | 'text'>, locale: string): Record<string, Json> {
  const say = wordsOf(tree, locale);
  const all = (kind: 'section' | 'block') =>
    Object.fromEntries(
      tree.paths
        .filter((path) => kindOf(path) === kind)
        .map((path) => [
          path.replace(/^\w+\/|\.liquid$/g, ''),
          inWords(readSchema(tree.text(path) ?? '') as unknown as Json, say),
        ]),
    );
  const { info, groups } = readSettingsSchema(tree.text('config/settings_schema.json'));
  return {
    info: info as Json,
    settings: inWords(groups as unknown as Json, say),
    sections: all('section'),
    blocks: all('block'),
  };
}

/** A value with every `t:key` in it replaced by its words; a key without words stays, so that it can be seen. */
function inWords(value: Json | undefined, say: Texts): Json {
  if (typeof value === 'string') return value.startsWith('t:') ? (say(value.slice(2)) ?? value) : value;
  if (Array.isArray(value)) return value.map((one) => inWords(one, say));
  if (!isObject(value)) return value ?? null;
  const known = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(known.map(([name, one]) => [name, inWords(one, say)]));
}

const FILE = /^locales\/([\w-]+?)(\.default)?\.schema\.json$/;

function wordsOf({ paths, text }: Pick<ThemeTree, 'paths' | 'text'>, locale: string): Texts {
  const files = paths.flatMap((path) => {
    const [, language, isDefault] = FILE.exec(path) ?? [];
    return language === undefined ? [] : [{ path, language, isDefault: isDefault !== undefined }];
  });
  const chain = [
    files.find(({ language }) => language === locale),
    files.find(({ language }) => language === locale.split('-')[0]),
    files.find(({ isDefault }) => isDefault),
  ].filter((file) => file !== undefined);
  const levels = chain.map(({ path }) => {
    const read = readJson(text(path) ?? '{}');
    return read.ok ? read.value : {};
  });
  return (key) => {
    const found = levels.map((words) => at(words, key.split('.')));
    return found.find((one): one is string => typeof one === 'string');
  };
}

function at(words: Json | undefined, steps: readonly string[]): Json | undefined {
  let found = words;
  for (const step of steps) found = isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  return found;
}
