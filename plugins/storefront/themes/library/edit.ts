import { type Cradle, type Id, type Json, ok, refused, type Result, type ThemeTree } from 'kontor/sdk';
import { contentOf, readDocument, type ThemeDocument, writeDocument } from '../model/document-files.ts';
import { editSettings } from '../model/edit/edit-settings.ts';
import { editTemplate } from '../model/edit/edit-template.ts';
import type { SettingsEdit, TemplateEdit } from '../model/edit/edits.ts';
import { type Patch, patchBetween } from '../model/edit/patch.ts';
import type { ThemeSchemas } from '../model/theme-schemas.ts';
import { readSettingsSchema } from '../model/theme-settings.ts';
import { writeChange } from './write-change.ts';

type Needs = Pick<Cradle, 'clock' | 'database' | 'random' | 'stores'>;

/** A document after its edits. */
export type Edited = {
  readonly path: string;
  /** Of the version that was made. */
  readonly number: number;
  readonly document: Json;
  /** An edit `{ do: 'patch', patch: undo }` takes it all back. */
  readonly undo: Patch;
  readonly redo: Patch;
};

/**
 * Makes edits in a template, a section group or the settings, all or none, as one new version.
 *
 * @param tree - the version that the editor has
 * @returns `badEdit` with the faults and the position of the edit; `changed` when somebody changed the same file since
 */
export async function editDocument(
  input: {
    id: Id;
    tree: ThemeTree;
    schemas: ThemeSchemas;
    path: string;
    edits: readonly (TemplateEdit | SettingsEdit)[];
  },
  services: Needs,
): Promise<Result<Edited, 'notFound' | 'notDocument' | 'badEdit' | 'changed' | 'brokenTheme'>> {
  const { id, tree, path, edits } = input;
  const text = tree.text(path) ?? (path === SETTINGS ? '{}' : undefined);
  if (text === undefined) return refused('notFound');
  const before = readDocument(path, text);
  if (!before) return refused('notDocument');
  let document = before;
  for (const [index, edit] of edits.entries()) {
    const made = editOne(document, edit, { ...input, services });
    if (!made.ok) return refused(made.refusal, { ...made.details, edit: index });
    document = made.value;
  }
  const contents = new Map([[path, writeDocument(document)]]);
  const written = await writeChange({ id, from: tree.number, contents, action: 'edit' }, services);
  if (!written.ok) return written;
  const [was, is] = [contentOf(before), contentOf(document)];
  const patches = { undo: patchBetween(is, was), redo: patchBetween(was, is) };
  return ok({ path, number: written.value.number, document: is, ...patches });
}

const SETTINGS = 'config/settings_data.json';

function editOne(
  document: ThemeDocument,
  edit: TemplateEdit | SettingsEdit,
  { tree, schemas, services }: { tree: ThemeTree; schemas: ThemeSchemas; services: Needs },
): Result<ThemeDocument, 'badEdit'> {
  const newId = (type: string) => `${type.replace(/\W+/g, '_').slice(0, 40)}_${shortId(services)}`;
  if (document.kind === 'settings') {
    const schema = readSettingsSchema(tree.text('config/settings_schema.json'));
    const made = editSettings(document.settings, edit as SettingsEdit, { schema, schemas, newId });
    return made.ok ? ok({ ...document, settings: made.value }) : made;
  }
  const world = { schemas, place: document.place, newId };
  const made = editTemplate(document.template, edit as TemplateEdit, world);
  return made.ok ? ok({ ...document, template: made.value }) : made;
}

/** Ids stand in class names and addresses, so that they are letters and digits. */
const shortId = ({ random }: Pick<Cradle, 'random'>): string =>
  random
    .token()
    .replace(/[^a-zA-Z0-9]/g, '')
    .slice(0, 8);
