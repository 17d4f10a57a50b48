import type { LiquidDrop } from 'kontor/sdk';
import type { ReadyBlock, ReadySection } from '../../themes/model/ready.ts';
import type { Page } from '../page.ts';
import { defineDrop, selfOf } from './drop.ts';
import { settingsDrop } from './settings.ts';

type SectionSelf = {
  readonly page: Page;
  readonly section: ReadySection;
  /** As it stands in the page: `template--123__main`. */
  readonly id: string;
  /** From 1, among those of the same place; null for one that Liquid names. */
  readonly index: number | null;
  readonly location: string;
};
type BlockSelf = { readonly page: Page; readonly block: ReadyBlock; readonly id: string };

export const sectionDrop = defineDrop<SectionSelf>('section', {
  id: ({ id }) => id,
  type: ({ section }) => section.type,
  settings: ({ page, section }) =>
    settingsDrop(page, { definitions: section.schema.settings, values: section.settings }),
  blocks: ({ page, section, id }) => section.blocks.map((block) => blockOf(page, block, id)),
  index: ({ index }) => index,
  index0: ({ index }) => (index === null ? null : index - 1),
  location: ({ location }) => location,
});

export const blockDrop = defineDrop<BlockSelf>('block', {
  id: ({ id }) => id,
  type: ({ block }) => block.type,
  name: ({ block }) => block.name ?? block.schema.name,
  settings: ({ page, block }) =>
    settingsDrop(page, { definitions: definitionsOf(block), values: block.settings }),
  blocks: ({ page, block, id }) => block.blocks.map((one) => blockOf(page, one, id)),
  /** For the editor; the window has none. */
  shopify_attributes: () => '',
});

export function blockOf(page: Page, block: ReadyBlock, container: string): LiquidDrop {
  return blockDrop({ page, block, id: idOf(block, container) });
}

/** The block behind a drop. */
export function blockSelf(drop: unknown): ReadyBlock | undefined {
  const self = selfOf<Partial<BlockSelf>>(drop);
  return self && 'block' in self ? self.block : undefined;
}

/** What Liquid names itself is told apart by what it stands in. */
function idOf({ id }: ReadyBlock, container: string): string {
  return /^[\w-]{1,100}$/.test(id) && !/^\d{1,3}$/.test(id) ? id : `${container}__${id}`;
}

const definitionsOf = ({ schema }: ReadyBlock) => schema.settings;
