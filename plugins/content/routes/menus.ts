import { type Id, type MenuItem, ok, refused, route, Type } from 'kontor/sdk';
import { removeMenu } from '../actions/remove-menu.ts';
import { findMenu, readMenus, shownMenu } from '../services/menu-rows.ts';
import { byId, handle, locale, oneOf, refusals, text, title, toRead, toWrite } from './schemas.ts';

const MOST = 100; // menus of a store
const entry = {
  title,
  target: oneOf([
    'home',
    'search',
    'products',
    'collections',
    'collection',
    'product',
    'page',
    'policy',
    'blog',
    'article',
    'url',
  ]),
  targetId: Type.Optional(Type.Integer()),
  targetKey: Type.Optional(text(40)),
  url: Type.Optional(text(2000)),
  titles: Type.Optional(Type.Record(locale, text(255))),
};
const third = Type.Object(entry);
const below = <const Entry extends Parameters<typeof Type.Array>[0]>(one: Entry) =>
  Type.Optional(Type.Array(one, { maxItems: 100 }));
const second = Type.Object({ ...entry, items: below(third) });
const items = Type.Array(Type.Object({ ...entry, items: below(second) }), { maxItems: 100 });
const fields = { title, titles: Type.Optional(Type.Record(locale, text(255))), items };

const list = route({
  ...toRead,
  method: 'GET',
  path: '/menus',
  summary: 'Menus by handle',
  async handler(_, services) {
    const where = `order by handle limit ${MOST}`;
    const rows = await readMenus(services, { name: 'all', where, values: [] });
    return { items: rows.map(shownMenu), next: null };
  },
});

const read = route({
  ...toRead,
  method: 'GET',
  path: '/menus/:id',
  summary: 'One menu with its entries',
  params: byId,
  refusals,
  async handler({ params }, services) {
    const menu = await findMenu(services, params.id);
    return menu ? ok(shownMenu(menu)) : refused('notFound', { menuId: params.id });
  },
});

const create = route({
  ...toWrite,
  method: 'POST',
  path: '/menus',
  summary: 'Makes a menu, e.g. `main-menu` or `footer`',
  body: Type.Object({ handle, ...fields }),
  refusals,
  async handler({ body, reply }, services) {
    // No menu has version 0: one of this handle that is there already is not overwritten.
    const saved = await services.content.saveMenu({ ...body, items: body.items as MenuItem[], version: 0 });
    if (saved.ok) reply.status(201);
    return !saved.ok && saved.refusal === 'changed' ? refused('handleTaken', { handle: body.handle }) : saved;
  },
});

const change = route({
  ...toWrite,
  method: 'PATCH',
  path: '/menus/:id',
  summary: 'Changes a menu; `items` are written anew',
  params: byId,
  body: Type.Partial(Type.Object({ ...fields, version: Type.Integer() })),
  refusals,
  async handler({ params, body }, services) {
    const menu = await findMenu(services, params.id as Id);
    if (!menu) return refused('notFound', { menuId: params.id });
    const { handle: address, title: name, items: entries } = menu;
    return services.content.saveMenu({
      ...{ handle: address, title: name, items: entries },
      ...(body as { items?: MenuItem[] }),
    });
  },
});

const remove = route({
  ...toWrite,
  method: 'DELETE',
  path: '/menus/:id',
  summary: 'Removes a menu',
  params: byId,
  refusals,
  handler: ({ params }, services) => removeMenu(services, params.id),
});

export const menuRoutes = [list, read, create, change, remove];
