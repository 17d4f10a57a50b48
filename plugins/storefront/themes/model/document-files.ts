import type { Json } from 'kontor/sdk';
import { type TemplateJson, templateOf } from './documents.ts';
import { readJson } from './lenient-json.ts';
import { kindOf } from './paths.ts';
import type { DocumentPlace } from './template-faults.ts';
import { type SettingsData, settingsDataOf } from './theme-settings.ts';

/** A file that an editor changes by its parts, and not by its text. */
export type ThemeDocument =
  | { readonly kind: 'template' | 'group'; readonly template: TemplateJson; readonly place: DocumentPlace }
  | { readonly kind: 'settings'; readonly settings: SettingsData };

/** @returns undefined for other files, and for what cannot be read */
export function readDocument(path: string, text: string): ThemeDocument | undefined {
  const kind = kindOf(path);
  const isDocument =
    path.endsWith('.json') && (kind === 'template' || kind === 'group' || kind === 'settingsData');
  const read = isDocument ? readJson(text) : undefined;
  if (!read?.ok) return undefined;
  if (kind === 'settingsData') return { kind: 'settings', settings: settingsDataOf(read.value) };
  const template = templateOf(read.value);
  if (!template || (kind !== 'template' && kind !== 'group')) return undefined;
  return { kind, template, place: placeOf(path, read.value) };
}

/** The file of a document, as others would write it. */
export function writeDocument(document: ThemeDocument): string {
  return `${JSON.stringify(contentOf(document), null, 2)}\n`;
}

/** The document itself, as its file has it. */
export const contentOf = (document: ThemeDocument): Json =>
  (document.kind === 'settings' ? document.settings : document.template) as unknown as Json;

/** A template is known by its name without what stands behind the dot; a group by its type. */
export function placeOf(path: string, raw: Json): DocumentPlace {
  if (path.startsWith('sections/')) {
    const type = (raw as { type?: Json } | null)?.type;
    return { kind: 'group', name: typeof type === 'string' ? type : '' };
  }
  const name = path.replace(/^templates\//, '').replace(/\.(?:json|liquid)$/, '');
  return {
    kind: 'template',
    name: name.startsWith('metaobject/') ? 'metaobject' : name.replace(/\..*$/, ''),
  };
}
