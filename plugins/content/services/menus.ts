import type { Content, Cradle, MenuItem, MenuLink } from 'kontor/sdk';
import { saveMenu } from '../actions/save-menu.ts';
import type { Defaults } from './defaults.ts';
import type { Kept } from './kept.ts';
import { readMenus } from './menu-rows.ts';
import { type Places, placesOf } from './menu-targets.ts';
import { textsIn } from './texts.ts';

/** The part of the service that is about menus. */
export function createMenus(
  services: Cradle,
  { defaults, kept }: { defaults: Defaults; kept: Kept },
): Pick<Content, 'menu' | 'saveMenu'> {
  return {
    menu: (handle, { locale } = {}) =>
      kept(`menu ${handle} ${locale ?? ''}`, async () => {
        const [menu] = await readMenus(services, {
          name: 'by-handle',
          where: 'and handle = $2',
          values: [handle],
        });
        if (!menu) return undefined;
        const { items, title, titles } = menu;
        const places = await placesOf(services, { items, defaults, locale });
        const links = linksOf(items, { places, locale, level: 1 });
        return { handle, title: textsIn(titles, locale) || title, levels: depth(links), links };
      }),
    saveMenu: (input) => saveMenu(services, input),
  };
}

type Seen = { places: Places; locale: string | undefined; level: number };

/** What is gone is left out, unless there is something below it that is not. */
function linksOf(items: readonly MenuItem[], seen: Seen): MenuLink[] {
  return items.flatMap((item) => {
    const links = linksOf(item.items ?? [], { ...seen, level: seen.level + 1 });
    const place = seen.places(item);
    if (!place && links.length === 0) return [];
    const { title, titles = {}, target, targetId = null } = item;
    return [
      {
        title: textsIn(titles, seen.locale) || title,
        ...{ target, url: place?.url ?? '#', targetId, handle: place?.handle ?? null },
        ...{ level: seen.level, links },
      },
    ];
  });
}

function depth(links: readonly MenuLink[]): number {
  return links.length === 0 ? 0 : 1 + Math.max(...links.map((link) => depth(link.links)));
}
