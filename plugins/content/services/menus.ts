import type { Content, Cradle, Id, Menu, MenuItem, MenuLink } from 'kontor/sdk';
import { saveMenu } from '../actions/save-menu.ts';
import type { Defaults } from './defaults.ts';
import type { Kept } from './kept.ts';
import { type Places, placesOf } from './menu-targets.ts';
import { textsIn } from './texts.ts';

export type MenuRow = Menu & { readonly changedBy: string };

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

/** Reads menus; `where` stands behind `store_id = $1`, and `values` begin at $2. */
export function readMenus(
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
  { name, where, values }: { name: string; where: string; values: readonly unknown[] },
): Promise<MenuRow[]> {
  return database.read<MenuRow>(
    `menus-${name}`,
    `select id, version, handle, title, titles, items, changed_at as "changedAt", changed_by as "changedBy"
     from content.menus where store_id = $1 ${where}`,
    [stores.current().id, ...values],
  );
}

export async function findMenu(services: Cradle, id: Id): Promise<MenuRow | undefined> {
  return (await readMenus(services, { name: 'by-id', where: 'and id = $2', values: [id] }))[0];
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
