import type { Json } from 'kontor/sdk';
import type { BlockJson } from '../documents.ts';
import { isObject } from '../lenient-json.ts';

/** Makes an id that nobody has, for a part of a type. */
export type NewId = (type: string) => string;

/** The part that a preset describes. Its blocks get ids of their own, but those that Liquid names keep theirs. */
export function partOf(type: string, preset: Record<string, Json> | undefined, newId: NewId): BlockJson {
  const { settings, blocks, block_order: order, name } = preset ?? {};
  return {
    type,
    ...(isObject(settings) && { settings }),
    ...(typeof name === 'string' && preset?.static === true && { name }),
    ...blocksOf(blocks, order, newId),
  };
}

/** The same part with new ids for its blocks. */
export function copyOf<Part extends BlockJson>(part: Part, newId: NewId): Part {
  const { blocks, block_order } = part;
  if (!blocks) return part;
  return { ...part, ...blocksOf(blocks as unknown as Json, block_order as Json | undefined, newId, true) };
}

function blocksOf(
  blocks: Json | undefined,
  order: Json | undefined,
  newId: NewId,
  isCopy = false,
): Pick<BlockJson, 'blocks' | 'block_order'> {
  const listed = entriesOf(blocks, order).filter(([, block]) => typeof block.type === 'string');
  if (listed.length === 0) return {};
  const made = listed.map(([name, block]): readonly [string, BlockJson] => {
    const type = block.type as string;
    const isStatic = block.static === true;
    const id = isStatic ? (name ?? String(block.id ?? type)) : newId(type);
    const part = isCopy ? copyOf(block as unknown as BlockJson, newId) : partOf(type, block, newId);
    return [id, isStatic ? { ...part, static: true } : part];
  });
  return {
    blocks: Object.fromEntries(made),
    block_order: made.filter(([, block]) => block.static !== true).map(([id]) => id),
  };
}

function entriesOf(
  blocks: Json | undefined,
  order: Json | undefined,
): (readonly [string | undefined, Record<string, Json>])[] {
  if (Array.isArray(blocks)) return blocks.filter(isObject).map((block) => [undefined, block] as const);
  if (!isObject(blocks)) return [];
  const named = Array.isArray(order) ? order.filter((id): id is string => typeof id === 'string') : [];
  const ids = new Set([...named, ...Object.keys(blocks)]);
  return [...ids].flatMap((id) => {
    const block = blocks[id];
    return isObject(block) ? [[id, block] as const] : [];
  });
}
