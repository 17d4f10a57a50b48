import type { Json } from 'kontor/sdk';
import type { Patch } from './patch.ts';

/** A section, or a block in it by the ids from the section inwards. */
export type PartAddress = { readonly section: string; readonly block?: readonly string[] };
/** What a block stands in: the section itself, or one of its blocks. */
export type Container = { readonly section: string; readonly in?: readonly string[] };

/** What an editor does to a template or a section group. Positions count from 0; the end when left out. */
export type TemplateEdit =
  | { readonly do: 'addSection'; readonly type: string; readonly preset?: string; readonly at?: number }
  | { readonly do: 'moveSection'; readonly section: string; readonly at: number }
  | ({
      readonly do: 'addBlock';
      readonly type: string;
      readonly preset?: string;
      readonly at?: number;
    } & Container)
  | {
      readonly do: 'moveBlock';
      readonly section: string;
      readonly block: readonly string[];
      readonly to: Container & { readonly at: number };
    }
  | ({ readonly do: 'remove' } & PartAddress)
  | ({ readonly do: 'copy' } & PartAddress)
  | ({ readonly do: 'hide'; readonly isHidden: boolean } & PartAddress)
  | ({ readonly do: 'rename'; readonly name: string } & PartAddress)
  /** null takes a value back to its default. */
  | ({ readonly do: 'set'; readonly values: Readonly<Record<string, Json>> } & PartAddress)
  /** For undo and redo. */
  | { readonly do: 'patch'; readonly patch: Patch };

/** What an editor does to the settings of a theme. With a section, to one that Liquid names. */
export type SettingsEdit =
  | { readonly do: 'set'; readonly values: Readonly<Record<string, Json>>; readonly section?: undefined }
  | { readonly do: 'usePreset'; readonly preset: string }
  | { readonly do: 'addScheme'; readonly copyOf?: string }
  | { readonly do: 'removeScheme'; readonly scheme: string }
  | { readonly do: 'setScheme'; readonly scheme: string; readonly values: Readonly<Record<string, Json>> }
  | { readonly do: 'patch'; readonly patch: Patch }
  | Exclude<TemplateEdit, { do: 'addSection' | 'moveSection' | 'patch' | 'copy' }>;

/** Why an edit is not made. */
export type EditFault = { readonly code: string; readonly message: string };
