import type { Json } from 'kontor/sdk';
import { isObject } from './lenient-json.ts';

/** A block as a template has it; its names are those of the file. */
export type BlockJson = {
  readonly type: string;
  readonly settings?: Readonly<Record<string, Json>>;
  readonly blocks?: Readonly<Record<string, BlockJson>>;
  readonly block_order?: readonly string[];
  readonly disabled?: boolean;
  /** Named by the Liquid of what it stands in; it can be set and not be moved. */
  readonly static?: boolean;
  readonly name?: string;
};

/** A section as a template or a group has it. */
export type SectionJson = Omit<BlockJson, 'static'> & { readonly custom_css?: readonly string[] };

/** `templates/*.json`, or `sections/*.json`, which is a group and has `type` and `name`. */
export type TemplateJson = {
  readonly sections: Readonly<Record<string, SectionJson>>;
  readonly order: readonly string[];
  /** A layout's name; false for none, and `theme` when left out. */
  readonly layout?: string | false;
  readonly wrapper?: string;
  readonly type?: string;
  readonly name?: string;
};

/**
 * A template from what was read; parts that make no sense are left out, and a missing order is the order they stand in.
 *
 * @returns undefined when it is no template at all
 */
export function templateOf(raw: Json): TemplateJson | undefined {
  if (!isObject(raw) || !isObject(raw.sections)) return undefined;
  const sections = partsOf<SectionJson>(raw.sections);
  return { ...raw, sections, order: orderOf(raw.order, sections) };
}

/** The ids of parts in their order: those that are there, each once. */
export function orderOf(raw: Json | readonly string[] | undefined, parts: Readonly<Record<string, unknown>>) {
  if (!Array.isArray(raw)) return Object.keys(parts);
  const named = raw.filter((id): id is string => typeof id === 'string' && Object.hasOwn(parts, id));
  return [...new Set(named)];
}

/** Ids of the blocks that stand in the order, and of the static ones, which stand where the Liquid names them. */
export function blockIds({ blocks = {}, block_order }: Pick<BlockJson, 'blocks' | 'block_order'>): {
  ordered: string[];
  statics: string[];
} {
  const statics = Object.keys(blocks).filter((id) => blocks[id]!.static === true);
  const ordered = orderOf(block_order, blocks).filter((id) => blocks[id]!.static !== true);
  return { ordered, statics };
}

/** Sections or blocks from what was read; what has no type is left out. */
export function partsOf<Part extends BlockJson>(raw: Record<string, Json>): Record<string, Part> {
  const parts = Object.entries(raw).flatMap(([id, part]) => {
    if (!isObject(part) || typeof part.type !== 'string') return [];
    const { settings, blocks, ...others } = part;
    return [
      [
        id,
        {
          ...others,
          ...(isObject(settings) && { settings }),
          ...(isObject(blocks) && { blocks: partsOf(blocks) }),
        } as unknown as Part,
      ] as const,
    ];
  });
  return Object.fromEntries(parts);
}
