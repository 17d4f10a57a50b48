import { type BlockJson, orderOf, type SectionJson, type TemplateJson } from '../documents.ts';

/** A list with an entry put in at a place, the end when there is no such place. */
export function putIn<Entry>(list: readonly Entry[], entry: Entry, at: number = list.length): Entry[] {
  const place = Math.max(0, Math.min(at, list.length));
  return [...list.slice(0, place), entry, ...list.slice(place)];
}

/** An object without one of its names. */
export function without<Value>(record: Readonly<Record<string, Value>>, name: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

/** The part at a place; undefined when it is not there. */
export function partAt(
  template: TemplateJson,
  section: string,
  path: readonly string[] = [],
): BlockJson | undefined {
  let part: BlockJson | undefined = own(template.sections, section);
  for (const id of path) part = part && own(part.blocks ?? {}, id);
  return part;
}

/** The template with the part at a place changed; the part is there. */
export function withPart(
  template: TemplateJson,
  { section, path = [] }: { section: string; path?: readonly string[] },
  change: (part: BlockJson) => BlockJson,
): TemplateJson {
  const changed = withBlock(template.sections[section]!, path, change) as SectionJson;
  return { ...template, sections: { ...template.sections, [section]: changed } };
}

/** A container with a block taken out. */
export function withoutBlock(part: BlockJson, id: string): BlockJson {
  const blocks = part.blocks ?? {};
  const order = orderOf(part.block_order, blocks).filter((one) => one !== id);
  return { ...part, blocks: without(blocks, id), block_order: order };
}

/** A container with a block put in. */
export function withNewBlock(
  part: BlockJson,
  { id, block, at }: { id: string; block: BlockJson; at?: number | undefined },
): BlockJson {
  const blocks = part.blocks ?? {};
  const order = orderOf(part.block_order, blocks).filter((one) => blocks[one]!.static !== true);
  return { ...part, blocks: { ...blocks, [id]: block }, block_order: putIn(order, id, at) };
}

function withBlock(
  part: BlockJson,
  [id, ...rest]: readonly string[],
  change: (part: BlockJson) => BlockJson,
): BlockJson {
  if (id === undefined) return change(part);
  return { ...part, blocks: { ...part.blocks, [id]: withBlock(part.blocks![id]!, rest, change) } };
}

const own = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
