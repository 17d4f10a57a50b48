import type { Json } from 'kontor/sdk';
import { isObject, readJson } from './lenient-json.ts';
import type { SettingDefinition } from './setting-types.ts';

/** What may stand in a section or a block. Local ones are declared where they are used and have settings of their own. */
export type BlockEntry = {
  /** `@theme`, `@app`, or the name of a block. */
  readonly type: string;
  readonly isLocal: boolean;
  readonly name: string;
  readonly limit: number | undefined;
  readonly settings: readonly SettingDefinition[];
};

/** Where a section may stand; undefined is anywhere. */
export type Toggle = { readonly templates: readonly string[]; readonly groups: readonly string[] };

/** `{% schema %}` of a section or a block. */
export type Schema = {
  readonly name: string;
  /** Element around it; null for none. */
  readonly tag: string | null;
  readonly class: string;
  readonly limit: number | undefined;
  readonly maxBlocks: number;
  readonly settings: readonly SettingDefinition[];
  readonly blocks: readonly BlockEntry[];
  /** As they are written: `{ name, settings, blocks }`. */
  readonly presets: readonly Record<string, Json>[];
  /** What a section named by a template itself begins with. */
  readonly default: Record<string, Json> | undefined;
  readonly enabledOn: Toggle | undefined;
  readonly disabledOn: Toggle | undefined;
  /** Texts of its own, by language. */
  readonly locales: Record<string, Json>;
};

const MOST_BLOCKS = 50;

/** Of a section or block without one. */
export const NO_SCHEMA: Schema = schemaOf({});

/**
 * Reads the schema out of a section or a block; what it lacks is as it is without. Never fails: what is broken is found by
 * `judgeTheme` and counts as not said here.
 */
export function readSchema(source: string): Schema {
  const body = schemaBody(source);
  const read = body && readJson(body.text);
  return read?.ok && isObject(read.value) ? schemaOf(read.value) : NO_SCHEMA;
}

/** The text between `{% schema %}` and its end, and the line it begins on. */
export function schemaBody(source: string): { readonly text: string; readonly line: number } | undefined {
  const open = /\{%-?\s*schema\s*-?%\}/.exec(source);
  if (!open) return undefined;
  const from = open.index + open[0].length;
  const close = /\{%-?\s*endschema\s*-?%\}/.exec(source.slice(from));
  if (!close) return undefined;
  const line = source.slice(0, from).split('\n').length;
  return { text: source.slice(from, from + close.index), line };
}

/** The schema in a value that was read already. */
export function schemaOf(raw: Record<string, Json>): Schema {
  return {
    name: textOf(raw.name),
    tag: raw.tag === null || raw.tag === '' ? null : textOf(raw.tag) || 'div',
    class: textOf(raw.class),
    limit: countOf(raw.limit),
    maxBlocks: Math.min(countOf(raw.max_blocks) ?? MOST_BLOCKS, MOST_BLOCKS),
    settings: settingsOf(raw.settings),
    blocks: objectsOf(raw.blocks).map(entryOf),
    presets: objectsOf(raw.presets),
    default: isObject(raw.default) ? raw.default : undefined,
    enabledOn: toggleOf(raw.enabled_on) ?? oldToggle(raw.templates),
    disabledOn: toggleOf(raw.disabled_on),
    locales: isObject(raw.locales) ? raw.locales : {},
  };
}

/** The settings of a list that were read already; what has no type is none. */
export function settingsOf(raw: Json | undefined): SettingDefinition[] {
  return objectsOf(raw).filter((one): one is SettingDefinition => typeof one.type === 'string');
}

function entryOf(raw: Record<string, Json>): BlockEntry {
  const type = textOf(raw.type);
  return {
    type,
    isLocal: !type.startsWith('@') && ('name' in raw || 'settings' in raw),
    name: textOf(raw.name) || type,
    limit: countOf(raw.limit),
    settings: settingsOf(raw.settings),
  };
}

function toggleOf(raw: Json | undefined): Toggle | undefined {
  return isObject(raw) ? { templates: textsOf(raw.templates), groups: textsOf(raw.groups) } : undefined;
}

/** How it was said before there was `enabled_on`. */
function oldToggle(raw: Json | undefined): Toggle | undefined {
  return Array.isArray(raw) ? { templates: textsOf(raw), groups: [] } : undefined;
}

function textOf(raw: Json | undefined): string {
  return typeof raw === 'string' ? raw : '';
}

function countOf(raw: Json | undefined): number | undefined {
  return typeof raw === 'number' && raw >= 0 ? raw : undefined;
}

function textsOf(raw: Json | undefined): string[] {
  return Array.isArray(raw) ? raw.filter((one) => typeof one === 'string') : [];
}

function objectsOf(raw: Json | undefined): Record<string, Json>[] {
  return Array.isArray(raw) ? raw.filter(isObject) : [];
}
