import type { Json } from 'kontor/sdk';
import { isDynamic } from './dynamic-source.ts';
import {
  KINDS,
  PANEL,
  type SettingDefinition,
  type SettingKind,
  type SettingWorld,
} from './setting-types.ts';

/** Types that show words in the editor and have no value. */
export const SIDEBAR: readonly string[] = ['header', 'paragraph'];

/**
 * What is wrong with a value that somebody wants to set; null takes the value away.
 *
 * @returns what was wanted, as `a number from 0 to 10`; undefined when it is right
 */
export function valueFault(
  definition: SettingDefinition,
  value: Json,
  world: SettingWorld,
): string | undefined {
  const kind = kindOf(definition.type);
  if (kind === undefined) return `a setting of a known type, not '${definition.type}'`;
  if (value === null) return undefined;
  if (typeof value === 'string' && !kind.isStatic && isDynamic(value)) return undefined;
  return kind.fault(value, definition, world);
}

/** What a template sees of a setting: its value where it can be one, else the default, else nothing of its kind. */
export function settingValue(definition: SettingDefinition, value: Json | undefined): Json {
  const kind = kindOf(definition.type);
  const fallback = definition.default ?? kind?.blank ?? null;
  if (value === undefined || value === null) return fallback;
  if (definition.type === 'checkbox') return typeof value === 'boolean' ? value : value === 'true';
  if (definition.type === 'range' || definition.type === 'number') return numberOf(value) ?? fallback;
  return value;
}

/** Whether a type is one of those that themes use. */
export function isKnownType(type: string): boolean {
  return SIDEBAR.includes(type) || kindOf(type) !== undefined;
}

const kindOf = (type: string): SettingKind | undefined =>
  Object.hasOwn(KINDS, type) ? KINDS[type] : type.startsWith('style.') ? PANEL : undefined;

function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(read) ? read : undefined;
}
