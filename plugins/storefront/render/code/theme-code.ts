import { hash } from 'node:crypto';
import type { LiquidEngine, LiquidTemplate, ThemeTree } from 'kontor/sdk';
import { createLru } from '../../themes/library/lru.ts';
import { type TemplateJson, templateOf } from '../../themes/model/documents.ts';
import { readJson } from '../../themes/model/lenient-json.ts';
import { type ThemeTexts, themeTexts } from '../../themes/model/locales.ts';
import { schemasOf } from '../../themes/model/schemas-of.ts';
import type { ThemeSchemas } from '../../themes/model/theme-schemas.ts';
import {
  readSettingsData,
  readSettingsSchema,
  type SettingsSchema,
  type ThemeSettings,
  themeSettings,
} from '../../themes/model/theme-settings.ts';

/** What a theme says, read once: every page of every visitor is rendered from it. */
export type ThemeCode = {
  readonly tree: ThemeTree;
  readonly schemas: ThemeSchemas;
  readonly schema: SettingsSchema;
  readonly settings: ThemeSettings;
  /** The compiled file; undefined where there is none. */
  template(path: string): LiquidTemplate | undefined;
  /** A JSON template or a section group. */
  json(path: string): TemplateJson | undefined;
  texts(locale: string): ThemeTexts;
  /** All `{% stylesheet %}` or `{% javascript %}` bodies as one file; undefined where there are none. */
  bundle(kind: 'stylesheet' | 'javascript'): Bundle | undefined;
};

export type Bundle = { readonly text: string; readonly hash: string };

const COMPILED = 256 * 1024 * 1024; // bytes in a process; some 30 themes, each of which serves any number of stores

export type ThemeCodes = (tree: ThemeTree) => ThemeCode;

/** Themes as they are rendered; what was compiled is shared by all themes that hold the same file. */
export function createThemeCodes(engine: () => LiquidEngine): ThemeCodes {
  const compiled = createLru<LiquidTemplate>({ maxBytes: COMPILED, sizeOf: ({ bytes }) => bytes });
  const codes = new WeakMap<ThemeTree, ThemeCode>();
  return (tree) => {
    const known = codes.get(tree);
    if (known) return known;
    const code = codeOf(tree, (path) => {
      const key = `${tree.hash(path)} ${path}`;
      const found = compiled.get(key);
      if (found) return found;
      const source = tree.text(path);
      if (source === undefined) return undefined;
      const template = engine().compile(source, path);
      compiled.set(key, template);
      return template;
    });
    codes.set(tree, code);
    return code;
  };
}

function codeOf(tree: ThemeTree, template: ThemeCode['template']): ThemeCode {
  const read = (path: string) => tree.text(path);
  const schema = readSettingsSchema(read('config/settings_schema.json'));
  const settings = themeSettings(schema, readSettingsData(read('config/settings_data.json')));
  const json = remembered((path: string) => {
    const text = tree.text(path);
    const raw = text === undefined ? undefined : readJson(text);
    return raw?.ok ? templateOf(raw.value) : undefined;
  });
  return {
    tree,
    schema,
    settings,
    schemas: schemasOf(read),
    template,
    json,
    texts: remembered((locale: string) => themeTexts({ paths: tree.paths, read, locale })),
    bundle: remembered((kind) => bundleOf(tree, template, kind)),
  };
}

function bundleOf(
  tree: ThemeTree,
  template: ThemeCode['template'],
  kind: 'stylesheet' | 'javascript',
): Bundle | undefined {
  const paths = tree.paths.filter((path) => /^(?:sections|blocks|snippets)\/.*\.liquid$/.test(path));
  const bodies = paths.flatMap((path) => {
    // Most files have none, and need not be compiled for it.
    if (!tree.text(path)?.includes(kind)) return [];
    const body = template(path)?.[kind]?.text.trim();
    return body ? [kind === 'javascript' ? `(function () {\n${body}\n})();` : body] : [];
  });
  if (bodies.length === 0) return undefined;
  const text = bodies.join('\n');
  return { text, hash: hash('sha256', text).slice(0, 16) };
}

function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key) as Value;
  };
}
