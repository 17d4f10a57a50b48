import type { LiquidDrop } from 'kontor/sdk';
import type { Menu, MenuLink } from '../data/wants.ts';
import type { Page } from '../page.ts';
import { defineDrop, type DropFactory, lookupDrop } from './drop.ts';

type LinkSelf = { readonly page: Page; readonly link: MenuLink };

export const linkDrop: DropFactory<LinkSelf> = defineDrop<LinkSelf>(
  'link',
  {
    title: ({ link }) => link.title,
    url: ({ link }) => link.url,
    handle: ({ link }) =>
      link.title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, ''),
    type: ({ link }) => link.type,
    links: ({ page, link }) => link.links.map((one) => linkDrop({ page, link: one })),
    levels: ({ link }) => levelsOf(link.links),
    current: (self) => isCurrent(self),
    active: (self) => isActive(self),
    child_current: ({ page, link }) => link.links.some((one) => isCurrent({ page, link: one })),
    child_active: ({ page, link }) => link.links.some((one) => isActive({ page, link: one })),
    object: ({ page, link }) => {
      const [, kind, handle] = /^\/(collections|products)\/([^/?#]+)$/.exec(link.url) ?? [];
      if (!kind || !handle) return null;
      const from = page.pass.globals.liquidGet(kind === 'products' ? 'all_products' : 'collections');
      return (from as LiquidDrop).liquidGet(decodeURIComponent(handle));
    },
  },
  { text: ({ link }) => link.title },
);

export const menuDrop = defineDrop<{ page: Page; menu: Menu }>('linklist', {
  handle: ({ menu }) => menu.handle,
  title: ({ menu }) => menu.title,
  links: ({ page, menu }) => menu.links.map((link) => linkDrop({ page, link })),
  levels: ({ menu }) => levelsOf(menu.links),
});

/** `linklists['main-menu']` */
export function menusDrop(page: Page): LiquidDrop {
  return lookupDrop((handle) => {
    const menu = page.wants.get('menu', handle);
    return menu ? menuDrop({ page, menu }) : menu;
  });
}

const isCurrent = ({ page, link }: LinkSelf): boolean => page.asked.path === link.url;
const isActive = (self: LinkSelf): boolean =>
  isCurrent(self) || (self.link.url !== '/' && self.page.asked.path.startsWith(`${self.link.url}/`));
const levelsOf = (links: readonly MenuLink[]): number =>
  links.length === 0 ? 0 : 1 + Math.max(...links.map((link) => levelsOf(link.links)));
