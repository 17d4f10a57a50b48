import { type Json, ok, refused, type Result } from 'kontor/sdk';
import type { SectionJson, TemplateJson } from '../documents.ts';
import { isObject } from '../lenient-json.ts';
import { settingFaults } from '../setting-faults.ts';
import { type Schema, settingsOf } from '../schema.ts';
import { templateFaults } from '../template-faults.ts';
import type { ThemeSchemas } from '../theme-schemas.ts';
import {
  currentOf,
  schemeGroup,
  type SettingsData,
  settingsDataOf,
  type SettingsSchema,
  themeSettings,
} from '../theme-settings.ts';
import { newFaults, perform, withValues } from './edit-template.ts';
import type { EditFault, SettingsEdit, TemplateEdit } from './edits.ts';
import { applyPatch } from './patch.ts';
import { type NewId, partOf } from './preset.ts';
import { without } from './parts.ts';

/** What an edit of settings is held against. */
export type SettingsWorld = {
  readonly schema: SettingsSchema;
  readonly schemas: ThemeSchemas;
  readonly newId: NewId;
};

type Values = Readonly<Record<string, Json>>;
type Made = SettingsData | EditFault;

/**
 * Makes an edit in the settings of a theme. A preset that counted becomes values of its own with the first change.
 *
 * @returns new settings, or `badEdit` with the faults
 */
export function editSettings(
  data: SettingsData,
  edit: SettingsEdit,
  world: SettingsWorld,
): Result<SettingsData, 'badEdit'> {
  const made = make(data, edit, world);
  return 'code' in made ? refused('badEdit', { faults: [made] }) : ok(made);
}

function make(data: SettingsData, edit: SettingsEdit, world: SettingsWorld): Made {
  if (edit.do === 'usePreset') {
    const isThere = Object.hasOwn(data.presets, edit.preset);
    return isThere
      ? { ...data, current: edit.preset }
      : fault('notFound', `there is no preset '${edit.preset}'`);
  }
  if (edit.do === 'patch') {
    const patched = applyPatch(data as unknown as Json, edit.patch);
    return patched === undefined
      ? fault('notFound', 'there is no such part')
      : checked(settingsDataOf(patched), world);
  }
  if (edit.do === 'addScheme' || edit.do === 'removeScheme' || edit.do === 'setScheme') {
    return editScheme(data, edit, world);
  }
  if (edit.do === 'set' && edit.section === undefined) {
    return set(data, edit.values, world.schema.settings, (current) => withValues(current, edit.values));
  }
  return editStatic(data, edit as TemplateEdit & { section: string }, world);
}

/** Every value of a document that came from elsewhere. */
function checked(data: SettingsData, { schema, schemas }: SettingsWorld): Made {
  const [wrong] = settingFaults(schema.settings, currentOf(data), schemas);
  return wrong === undefined ? data : fault('badValue', wrong);
}

function set(
  data: SettingsData,
  values: Values,
  definitions: Schema['settings'],
  change: (current: Values) => Values,
): Made {
  const unknown = Object.keys(values).find((id) => !definitions.some((one) => one.id === id));
  if (unknown !== undefined) return fault('unknownSetting', `there is no setting '${unknown}'`);
  const [wrong] = settingFaults(definitions, values, { schemes: [] });
  return wrong === undefined ? { ...data, current: change(currentOf(data)) } : fault('badValue', wrong);
}

type SchemeEdit = Extract<SettingsEdit, { do: 'addScheme' | 'removeScheme' | 'setScheme' }>;

const MOST_SCHEMES = 21;

function editScheme(data: SettingsData, edit: SchemeEdit, { schema, newId }: SettingsWorld): Made {
  const group = schemeGroup(schema);
  if (!group) return fault('notFound', 'this theme has no colour schemes');
  const { schemes } = themeSettings(schema, data);
  const byId = Object.fromEntries(schemes.map(({ id, settings }) => [id, { settings }])) as Record<
    string,
    Json
  >;
  const named = edit.do === 'addScheme' ? (edit.copyOf ?? schemes[0]?.id) : edit.scheme;
  const from = schemes.find(({ id }) => id === named);
  if (!from) return fault('notFound', `there is no colour scheme '${named ?? ''}'`);
  const keep = (after: Record<string, Json>): SettingsData => ({
    ...data,
    current: { ...currentOf(data), [group.id!]: after },
  });
  if (edit.do === 'removeScheme') {
    if (schemes.length === 1) return fault('lastScheme', 'a theme with colour schemes has one at least');
    return keep(without(byId, edit.scheme));
  }
  if (edit.do === 'addScheme') {
    if (schemes.length >= MOST_SCHEMES)
      return fault('manySchemes', `more than ${MOST_SCHEMES} colour schemes`);
    return keep({ ...byId, [newId('scheme')]: { settings: { ...from.settings } } });
  }
  const made = set(data, edit.values, settingsOf(group.definition), (current) => current);
  if ('code' in made) return made;
  return keep({ ...byId, [edit.scheme]: { settings: withValues(from.settings, edit.values) } });
}

/** A section that Liquid names is edited as in a template that has nothing else. */
function editStatic(
  data: SettingsData,
  edit: TemplateEdit & { section: string },
  { schemas, newId }: SettingsWorld,
): Made {
  const type = edit.section;
  const schema = schemas.section(type);
  if (!schema) return fault('notFound', `there is no section '${type}'`);
  if (edit.do === 'remove' && !edit.block?.length)
    return fault('isStatic', 'the layout names it; it can be hidden');
  const current = currentOf(data);
  const sections = isObject(current.sections) ? current.sections : {};
  const section = (sections[type] ?? partOf(type, schema.default, newId)) as unknown as SectionJson;
  const alone: TemplateJson = { sections: { [type]: { ...section, type } }, order: [type] };
  // Named by Liquid, it may stand anywhere.
  const place = { kind: 'template', name: schema.enabledOn?.templates[0] ?? '' } as const;
  const world = { schemas, newId, place };
  const made = perform(alone, edit, world);
  if ('code' in made) return made;
  const [wrong] = newFaults(templateFaults(alone, world), templateFaults(made, world));
  if (wrong) return { code: wrong.code, message: wrong.message };
  const after = made.sections[type] as unknown as Json;
  return { ...data, current: { ...current, sections: { ...sections, [type]: after } } };
}

const fault = (code: string, message: string): EditFault => ({ code, message });
