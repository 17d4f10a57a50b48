import type { Cradle, Id, Menu } from 'kontor/sdk';

/** A menu as its table has it. */
export type MenuRow = Menu & { readonly changedBy: string };

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

/** As the team sees it. */
export function shownMenu({ changedBy: _, ...menu }: MenuRow): Menu {
  return menu;
}
