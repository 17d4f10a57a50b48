import type { Json } from 'kontor/sdk';
import { isObject, readJson } from './lenient-json.ts';
import { partsOf, type SectionJson } from './documents.ts';
import { settingValues } from './ready.ts';
import { settingsOf } from './schema.ts';
import type { SettingDefinition } from './setting-types.ts';

/** Settings that are drawn together in the editor. */
export type SettingGroup = { readonly name: string; readonly settings: readonly SettingDefinition[] };

/** What a theme says of itself; empty where it says nothing. */
export type ThemeInfo = { readonly name: string; readonly version: string; readonly author: string };

/** `config/settings_schema.json`. */
export type SettingsSchema = {
  readonly info: ThemeInfo;
  readonly groups: readonly SettingGroup[];
  /** Of all groups. */
  readonly settings: readonly SettingDefinition[];
};

/** `config/settings_data.json`: `current` is what counts, or the name of a preset. */
export type SettingsData = {
  readonly current: Readonly<Record<string, Json>> | string;
  readonly presets: Readonly<Record<string, Readonly<Record<string, Json>>>>;
};

/** A colour scheme with all its values. */
export type ColourScheme = { readonly id: string; readonly settings: Readonly<Record<string, Json>> };

/** What templates see as `settings`, and what static sections are set to. */
export type ThemeSettings = {
  readonly values: Readonly<Record<string, Json>>;
  readonly schemes: readonly ColourScheme[];
  /** Settings and blocks of sections that Liquid names, by type. */
  readonly sections: Readonly<Record<string, SectionJson>>;
};

export function readSettingsSchema(text: string | undefined): SettingsSchema {
  const read = text === undefined ? undefined : readJson(text);
  const groups = read?.ok && Array.isArray(read.value) ? read.value.filter(isObject) : [];
  const info = groups.find(({ name }) => name === 'theme_info') ?? {};
  const drawn = groups
    .filter((group) => group !== info)
    .map((group) => ({ name: words(group.name), settings: settingsOf(group.settings) }));
  return {
    info: {
      name: words(info.theme_name),
      version: words(info.theme_version),
      author: words(info.theme_author),
    },
    groups: drawn,
    settings: drawn.flatMap(({ settings }) => settings),
  };
}

export function readSettingsData(text: string | undefined): SettingsData {
  const read = text === undefined ? undefined : readJson(text);
  return settingsDataOf(read?.ok ? read.value : null);
}

/** Settings in a value that was read already. */
export function settingsDataOf(raw: Json): SettingsData {
  const { current, presets } = isObject(raw) ? raw : {};
  return {
    ...(isObject(raw) ? raw : {}),
    current: typeof current === 'string' || isObject(current) ? current : {},
    presets: isObject(presets) ? (presets as SettingsData['presets']) : {},
  };
}

/** The values that count now: of the preset, when `current` names one. */
export function currentOf({ current, presets }: SettingsData): Readonly<Record<string, Json>> {
  if (typeof current !== 'string') return current;
  return Object.hasOwn(presets, current) ? presets[current]! : {};
}

/** Everything that is set for a theme, with the defaults of its schema. */
export function themeSettings(schema: SettingsSchema, data: SettingsData): ThemeSettings {
  const current = currentOf(data);
  const values = settingValues(schema.settings, current);
  const group = schemeGroup(schema);
  return {
    values,
    schemes: group ? schemesOf(group, values[group.id!]) : [],
    sections: isObject(current.sections) ? partsOf<SectionJson>(withTypes(current.sections)) : {},
  };
}

/** The setting that holds the colour schemes, if the theme has them. */
export function schemeGroup({ settings }: SettingsSchema): SettingDefinition | undefined {
  return settings.find(({ type, id }) => type === 'color_scheme_group' && id !== undefined);
}

function schemesOf({ definition }: SettingDefinition, value: Json | undefined): ColourScheme[] {
  const definitions = settingsOf(definition);
  return Object.entries(isObject(value) ? value : {}).map(([id, scheme]) => {
    const own = isObject(scheme) && isObject(scheme.settings) ? scheme.settings : {};
    return { id, settings: settingValues(definitions, own) };
  });
}

/** A section that does not say its type is of the one it is named for. */
function withTypes(sections: Record<string, Json>): Record<string, Json> {
  const typed = Object.entries(sections).map(
    ([id, one]) => [id, isObject(one) ? { type: id, ...one } : one] as const,
  );
  return Object.fromEntries(typed);
}

const words = (raw: Json | undefined): string => (typeof raw === 'string' ? raw : '');
