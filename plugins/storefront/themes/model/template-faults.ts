import { blockIds, type BlockJson, type SectionJson, type TemplateJson } from './documents.ts';
import { NO_SCHEMA, type Schema, type Toggle } from './schema.ts';
import { settingFaults } from './setting-faults.ts';
import { blockSchema, isAppType, limitOf, type ThemeSchemas } from './theme-schemas.ts';

/** Where a document is used: schemas say where a section may stand. */
export type DocumentPlace = { readonly kind: 'template' | 'group'; readonly name: string };

/** What a schema does not allow in a template or a group. */
export type TemplateFault = {
  readonly code:
    | 'missingSection'
    | 'notHere'
    | 'sectionLimit'
    | 'manySections'
    | 'missingBlock'
    | 'blockLimit'
    | 'manyBlocks'
    | 'tooDeep'
    | 'badValue';
  /** Id of the section; empty for the document itself. */
  readonly section: string;
  readonly message: string;
};

const MOST_SECTIONS = 25;
const DEEPEST = 8; // blocks within blocks

/** Everything that the schemas do not allow in a document; pages leave such parts out, or show the default. */
export function templateFaults(
  template: TemplateJson,
  { schemas, place }: { schemas: ThemeSchemas; place: DocumentPlace },
): TemplateFault[] {
  const faults: TemplateFault[] = [];
  if (template.order.length > MOST_SECTIONS) {
    faults.push({ code: 'manySections', section: '', message: `more than ${MOST_SECTIONS} sections` });
  }
  const counts = new Map<string, number>();
  for (const id of template.order) {
    const section = template.sections[id]!;
    const say: Say = (code, message) => faults.push({ code, section: id, message });
    const schema = schemas.section(section.type);
    if (!schema) {
      say('missingSection', `there is no section '${section.type}'`);
      continue;
    }
    if (!isAllowedAt(schema, place)) say('notHere', `'${section.type}' may not stand in ${place.name}`);
    const count = (counts.get(section.type) ?? 0) + 1;
    counts.set(section.type, count);
    if (schema.limit !== undefined && count > schema.limit) {
      say('sectionLimit', `more than ${schema.limit} of '${section.type}'`);
    }
    partFaults({ part: section, schema, depth: 0 }, { schemas, say });
  }
  return faults;
}

/** Whether a section may stand in a template or a group. */
export function isAllowedAt({ enabledOn, disabledOn }: Schema, place: DocumentPlace): boolean {
  if (enabledOn) return names(enabledOn, place);
  return disabledOn ? !names(disabledOn, place) : true;
}

/** Faults of one section that Liquid names itself. */
export function sectionFaults({
  type,
  section,
  schemas,
}: {
  type: string;
  section: SectionJson;
  schemas: ThemeSchemas;
}): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const schema = schemas.section(type);
  const say: Say = (code, message) => faults.push({ code, section: type, message });
  if (schema) partFaults({ part: section, schema, depth: 0 }, { schemas, say });
  else say('missingSection', `there is no section '${type}'`);
  return faults;
}

type Say = (code: TemplateFault['code'], message: string) => unknown;

function names({ templates, groups }: Toggle, { kind, name }: DocumentPlace): boolean {
  const list = kind === 'template' ? templates : groups;
  return list.includes('*') || list.includes(name);
}

function partFaults(
  { part, schema, depth }: { part: BlockJson; schema: Schema; depth: number },
  rest: { schemas: ThemeSchemas; say: Say },
): void {
  const { schemas, say } = rest;
  for (const fault of settingFaults(schema.settings, part.settings, schemas)) say('badValue', fault);
  const { ordered, statics } = blockIds(part);
  if (ordered.length > schema.maxBlocks)
    say('manyBlocks', `more than ${schema.maxBlocks} blocks in '${part.type}'`);
  if (depth === DEEPEST && ordered.length > 0) {
    say('tooDeep', `blocks stand more than ${DEEPEST} deep`);
    return;
  }
  const counts = new Map<string, number>();
  for (const id of [...ordered, ...statics]) {
    const block = part.blocks![id]!;
    const { type } = block;
    const found = blockSchema({ type, container: schema, isStatic: block.static === true }, schemas);
    if (found) partFaults({ part: block, schema: found, depth: depth + 1 }, rest);
    else if (!isAppType(type) && takesAnything(schema) === false) {
      say('missingBlock', `'${type}' may not stand in '${part.type}', or is not there`);
    }
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    const most = limitOf(type, schema);
    if (most !== undefined && count === most + 1) say('blockLimit', `more than ${most} of '${type}'`);
  }
}

/** Vintage sections without a schema draw whatever blocks they are given. */
const takesAnything = (schema: Schema): boolean => schema === NO_SCHEMA;
