import type { Json } from 'kontor/sdk';
import { blockIds, type BlockJson, type SectionJson, type TemplateJson } from './documents.ts';
import { NO_SCHEMA, type Schema } from './schema.ts';
import type { SettingDefinition } from './setting-types.ts';
import { SIDEBAR, settingValue } from './setting-values.ts';
import { blockSchema, isAppType, type ThemeSchemas } from './theme-schemas.ts';

/** A block with everything a template reads of it. */
export type ReadyBlock = {
  readonly id: string;
  readonly type: string;
  readonly name: string | undefined;
  readonly settings: Readonly<Record<string, Json>>;
  /** Those that are shown, in order. */
  readonly blocks: readonly ReadyBlock[];
  /** Those that its Liquid names, by id. */
  readonly statics: Readonly<Record<string, ReadyBlock>>;
  readonly schema: Schema;
  readonly isApp: boolean;
  /** Rendered by its section and not by a file of its own. */
  readonly isLocal: boolean;
  /** Static blocks that are hidden are kept, so that their Liquid does not show the defaults instead. */
  readonly isHidden: boolean;
};

/** A section with everything a template reads of it. */
export type ReadySection = Omit<ReadyBlock, 'isApp' | 'isLocal'> & {
  readonly customCss: readonly string[];
};

/**
 * The sections of a template or a group that are to be shown, in order, with the defaults of their schemas.
 *
 * @returns `missing`: what names a section that the theme does not have, and is left out
 */
export function readySections(
  template: TemplateJson,
  schemas: ThemeSchemas,
): { sections: ReadySection[]; missing: { id: string; type: string }[] } {
  const sections: ReadySection[] = [];
  const missing: { id: string; type: string }[] = [];
  for (const id of template.order) {
    const section = template.sections[id]!;
    const schema = schemas.section(section.type);
    if (!schema) missing.push({ id, type: section.type });
    else if (section.disabled !== true) sections.push(readySection({ id, section, schema }, schemas));
  }
  return { sections, missing };
}

/** A section that is named by Liquid: `{% section 'cart-drawer' %}`. Its settings are in `settings_data.json`. */
export function readyStaticSection(
  { type, section }: { type: string; section: SectionJson | undefined },
  schemas: ThemeSchemas,
): ReadySection | undefined {
  const schema = schemas.section(type);
  if (!schema) return undefined;
  const begins = { ...schema.default, type } as SectionJson;
  return readySection(
    { id: type, section: section ?? { ...begins, ...listedBlocks(schema) }, schema },
    schemas,
  );
}

/** A static block that nobody has set yet: all defaults. */
export function readyStaticBlock(
  { id, type, container }: { id: string; type: string; container: Schema },
  schemas: ThemeSchemas,
): ReadyBlock | undefined {
  return readyBlock({ id, block: { type, static: true }, container }, schemas);
}

/** The values of settings, by id: what was set, else the default. */
export function settingValues(
  definitions: readonly SettingDefinition[],
  values: Readonly<Record<string, Json>> = {},
): Record<string, Json> {
  const known = definitions.flatMap((definition) =>
    definition.id === undefined || SIDEBAR.includes(definition.type)
      ? []
      : [[definition.id, settingValue(definition, values[definition.id])] as const],
  );
  return Object.fromEntries(known);
}

function readySection(
  { id, section, schema }: { id: string; section: SectionJson; schema: Schema },
  schemas: ThemeSchemas,
): ReadySection {
  return {
    id,
    type: section.type,
    name: section.name,
    settings: settingValues(schema.settings, section.settings),
    ...readyBlocks(section, schema, schemas),
    schema,
    isHidden: section.disabled === true,
    customCss: [section.custom_css ?? []].flat(),
  };
}

function readyBlocks(part: BlockJson, container: Schema, schemas: ThemeSchemas) {
  const { ordered, statics } = blockIds(part);
  const ready = (id: string) => readyBlock({ id, block: part.blocks![id]!, container }, schemas);
  const shown = ordered.filter((id) => part.blocks![id]!.disabled !== true);
  return {
    blocks: shown.flatMap((id) => ready(id) ?? []),
    statics: Object.fromEntries(statics.flatMap((id) => [[id, ready(id)]])) as Record<string, ReadyBlock>,
  };
}

function readyBlock(
  { id, block, container }: { id: string; block: BlockJson; container: Schema },
  schemas: ThemeSchemas,
): ReadyBlock | undefined {
  const { type } = block;
  const schema = blockSchema({ type, container, isStatic: block.static === true }, schemas);
  // Vintage sections take whatever the template names; a block without a file is drawn by its section.
  const found = schema ?? (container === NO_SCHEMA || container.blocks.length === 0 ? NO_SCHEMA : undefined);
  if (!found) return undefined;
  return {
    id,
    type,
    name: block.name,
    settings: schema ? settingValues(schema.settings, block.settings) : { ...block.settings },
    ...readyBlocks(block, found, schemas),
    schema: found,
    isApp: isAppType(type),
    isLocal: container.blocks.some((entry) => entry.isLocal && entry.type === type),
    isHidden: block.disabled === true,
  };
}

/** Blocks of a `default` are a list, and have no ids. */
function listedBlocks(schema: Schema): Pick<SectionJson, 'blocks'> {
  const listed = Array.isArray(schema.default?.blocks) ? schema.default.blocks : [];
  const entries = listed.map((block, index) => [`${index + 1}`, block as unknown as BlockJson] as const);
  return { blocks: Object.fromEntries(entries.filter(([, block]) => typeof block?.type === 'string')) };
}
