import { type Json, ok, refused, type Result } from 'kontor/sdk';
import { type SectionJson, type TemplateJson, templateOf } from '../documents.ts';
import type { Schema } from '../schema.ts';
import { blockSchema, type ThemeSchemas } from '../theme-schemas.ts';
import { type DocumentPlace, type TemplateFault, templateFaults } from '../template-faults.ts';
import type { Container, EditFault, PartAddress, TemplateEdit } from './edits.ts';
import { partAt, putIn, withNewBlock, without, withoutBlock, withPart } from './parts.ts';
import { applyPatch } from './patch.ts';
import { copyOf, type NewId, partOf } from './preset.ts';

/** What an edit is held against. */
export type EditWorld = {
  readonly schemas: ThemeSchemas;
  readonly place: DocumentPlace;
  readonly newId: NewId;
};

/**
 * Makes an edit in a template or a section group. What the schemas do not allow is refused; faults that the document had before
 * hinder nobody.
 *
 * @returns a new document, or `badEdit` with the faults
 */
export function editTemplate(
  template: TemplateJson,
  edit: TemplateEdit,
  world: EditWorld,
): Result<TemplateJson, 'badEdit'> {
  const made = perform(template, edit, world);
  if ('code' in made) return refused('badEdit', { faults: [made] });
  const faults = newFaults(templateFaults(template, world), templateFaults(made, world));
  return faults.length > 0 ? refused('badEdit', { faults }) : ok(made);
}

/** The faults that were not there before, wherever they stood. */
export function newFaults(
  before: readonly TemplateFault[],
  after: readonly TemplateFault[],
): TemplateFault[] {
  const known = before.map(({ code, message }) => `${code} ${message}`);
  return after.filter(({ code, message }) => {
    const at = known.indexOf(`${code} ${message}`);
    if (at === -1) return true;
    known.splice(at, 1);
    return false;
  });
}

type Made = TemplateJson | EditFault;

const NOT_THERE: EditFault = { code: 'notFound', message: 'there is no such part' };

/** Does what is asked, and leaves to others whether it may be. */
export function perform(template: TemplateJson, edit: TemplateEdit, world: EditWorld): Made {
  switch (edit.do) {
    case 'addSection':
      return addSection(template, edit, world);
    case 'moveSection': {
      if (!partAt(template, edit.section)) return NOT_THERE;
      const others = template.order.filter((id) => id !== edit.section);
      return { ...template, order: putIn(others, edit.section, edit.at) };
    }
    case 'addBlock':
      return addBlock(template, edit, world);
    case 'moveBlock':
      return moveBlock(template, edit);
    case 'remove':
      return remove(template, edit);
    case 'copy':
      return copy(template, edit, world.newId);
    case 'hide':
      return change(template, edit, ({ disabled: _, ...part }) =>
        edit.isHidden ? { ...part, disabled: true } : part,
      );
    case 'rename':
      return change(template, edit, ({ name: _, ...part }) =>
        edit.name ? { ...part, name: edit.name } : part,
      );
    case 'set':
      return set(template, edit, world);
    case 'patch': {
      const patched = applyPatch(template as unknown as Json, edit.patch);
      return (patched === undefined ? undefined : templateOf(patched)) ?? NOT_THERE;
    }
  }
}

function addSection(
  template: TemplateJson,
  { type, preset: name, at }: TemplateEdit & { do: 'addSection' },
  { schemas, newId }: EditWorld,
): Made {
  const presets = schemas.section(type)?.presets ?? [];
  const preset = name === undefined ? presets[0] : presets.find((one) => one.name === name);
  if (!preset)
    return { code: 'noPreset', message: `'${type}' has no such preset, so that it cannot be added` };
  const id = newId(type);
  const section: SectionJson = partOf(type, preset, newId);
  return {
    ...template,
    sections: { ...template.sections, [id]: section },
    order: putIn(template.order, id, at),
  };
}

function addBlock(
  template: TemplateJson,
  { type, preset: name, at, ...container }: TemplateEdit & { do: 'addBlock' },
  { schemas, newId }: EditWorld,
): Made {
  const around = schemaAt(template, container, schemas);
  if (!around) return NOT_THERE;
  const presets = blockSchema({ type, container: around }, schemas)?.presets ?? [];
  const preset = name === undefined ? presets[0] : presets.find((one) => one.name === name);
  if (name !== undefined && !preset)
    return { code: 'noPreset', message: `'${type}' has no preset '${name}'` };
  const block = partOf(type, preset, newId);
  return withPart(template, { section: container.section, path: container.in ?? [] }, (part) =>
    withNewBlock(part, { id: newId(type), block, at }),
  );
}

function moveBlock(
  template: TemplateJson,
  { section, block: path, to }: TemplateEdit & { do: 'moveBlock' },
): Made {
  const block = partAt(template, section, path);
  const id = path.at(-1);
  const isInItself = to.section === section && path.every((one, index) => to.in?.[index] === one);
  if (!block || id === undefined || isInItself || !partAt(template, to.section, to.in)) return NOT_THERE;
  if (block.static)
    return { code: 'isStatic', message: 'it stands where the Liquid of its section names it' };
  const taken = withPart(template, { section, path: path.slice(0, -1) }, (part) => withoutBlock(part, id));
  const place = { section: to.section, path: to.in ?? [] };
  if (partAt(taken, to.section, [...place.path, id]))
    return { code: 'sameId', message: `'${id}' is there already` };
  return withPart(taken, place, (part) => withNewBlock(part, { id, block, at: to.at }));
}

function remove(template: TemplateJson, { section, block = [] }: PartAddress): Made {
  const part = partAt(template, section, block);
  if (!part) return NOT_THERE;
  const id = block.at(-1);
  if (id !== undefined) {
    if (part.static) return { code: 'isStatic', message: 'it can be hidden, and not be removed' };
    return withPart(template, { section, path: block.slice(0, -1) }, (around) => withoutBlock(around, id));
  }
  const order = template.order.filter((one) => one !== section);
  return { ...template, sections: without(template.sections, section), order };
}

/** Puts a copy behind the part itself. */
function copy(template: TemplateJson, { section, block = [] }: PartAddress, newId: NewId): Made {
  const part = partAt(template, section, block);
  if (!part) return NOT_THERE;
  if (part.static) return { code: 'isStatic', message: 'there is one of it' };
  const made = copyOf(part, newId);
  const newOne = newId(part.type);
  const id = block.at(-1);
  if (id === undefined) {
    const order = putIn(template.order, newOne, template.order.indexOf(section) + 1);
    return { ...template, sections: { ...template.sections, [newOne]: made }, order };
  }
  return withPart(template, { section, path: block.slice(0, -1) }, (around) => {
    const at = (around.block_order ?? Object.keys(around.blocks ?? {})).indexOf(id) + 1;
    return withNewBlock(around, { id: newOne, block: made, at });
  });
}

function set(template: TemplateJson, edit: TemplateEdit & { do: 'set' }, { schemas }: EditWorld): Made {
  const { section, block, values } = edit;
  const schema = schemaAt(template, { section, ...(block && { in: block }) }, schemas);
  if (!schema) return NOT_THERE;
  const unknown = Object.keys(values).find((id) => !schema.settings.some((one) => one.id === id));
  if (unknown !== undefined) return { code: 'unknownSetting', message: `there is no setting '${unknown}'` };
  return change(template, edit, (part) => ({ ...part, settings: withValues(part.settings, values) }));
}

/** Values with others set over them; null takes one away. */
export function withValues(
  before: Readonly<Record<string, Json>> = {},
  values: Readonly<Record<string, Json>>,
): Record<string, Json> {
  return Object.fromEntries(Object.entries({ ...before, ...values }).filter(([, value]) => value !== null));
}

function change(
  template: TemplateJson,
  { section, block = [] }: PartAddress,
  how: Parameters<typeof withPart>[2],
): Made {
  return partAt(template, section, block) ? withPart(template, { section, path: block }, how) : NOT_THERE;
}

/** The schema of a section, or of a block in it where it stands. */
function schemaAt(template: TemplateJson, container: Container, schemas: ThemeSchemas): Schema | undefined {
  let part = partAt(template, container.section);
  let schema = part && schemas.section(part.type);
  const path = container.in ?? [];
  for (let depth = 1; depth <= path.length && schema; depth += 1) {
    part = partAt(template, container.section, path.slice(0, depth));
    schema =
      part && blockSchema({ type: part.type, container: schema, isStatic: part.static === true }, schemas);
  }
  return part && schema;
}
