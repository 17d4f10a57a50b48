import { refused, route, Type } from 'kontor/sdk';
import { duplicateTheme, removeTheme, renameTheme } from '../library/manage.ts';
import { THEME_LIMITS } from '../zip/limits.ts';
import { name, number, oneTheme, refusals, toRead, toWrite } from './shared.ts';

const HOUR = 3_600_000; // ms

const list = route({
  ...toRead,
  method: 'GET',
  path: '/themes',
  summary: 'Themes of the store, the newest first, and those that come along with the platform',
  async handler(_, { themes }) {
    return { ...(await themes.list()), next: null };
  },
});

const install = route({
  ...toWrite,
  method: 'POST',
  path: '/themes',
  summary: 'Takes a theme in: the body is a ZIP archive',
  rateLimit: { max: 120, window: HOUR, per: 'store' },
  bodyStream: true,
  bodyLimit: THEME_LIMITS.archive,
  query: Type.Object({ name: Type.Optional(name) }),
  refusals,
  async handler({ query, stream, reply }, { themes }) {
    const installed = await themes.install({ content: stream, ...query });
    if (installed.ok) reply.status(201);
    return installed;
  },
});

const addBundled = route({
  ...toWrite,
  method: 'POST',
  path: '/themes/bundled',
  summary: 'Makes a theme of the platform the store’s own, to be changed',
  body: Type.Object({ key: Type.String({ maxLength: 100 }), name: Type.Optional(name) }),
  refusals,
  async handler({ body, reply }, { themes }) {
    const added = await themes.addBundled(body);
    if (added.ok) reply.status(201);
    return added;
  },
});

const find = route({
  ...toRead,
  method: 'GET',
  path: '/themes/:id',
  summary: 'One theme',
  params: oneTheme,
  refusals,
  handler: async ({ params }, { themes }) => (await themes.find(params.id)) ?? refused('notFound'),
});

const rename = route({
  ...toWrite,
  method: 'PATCH',
  path: '/themes/:id',
  summary: 'Gives a theme another name',
  params: oneTheme,
  body: Type.Object({ version: Type.Integer({ minimum: 1 }), name }),
  refusals,
  handler: ({ params, body }, services) => renameTheme({ ...params, ...body }, services),
});

const remove = route({
  ...toWrite,
  method: 'DELETE',
  path: '/themes/:id',
  summary: 'Removes a theme that visitors do not see, with its history',
  params: oneTheme,
  refusals,
  handler: ({ params }, services) => removeTheme(params.id, services),
});

const duplicate = route({
  ...toWrite,
  method: 'POST',
  path: '/themes/:id/duplicate',
  summary: 'Makes a theme of the same files',
  params: oneTheme,
  body: Type.Object({ name: Type.Optional(name), number: Type.Optional(number) }),
  refusals,
  async handler({ params, body, reply }, services) {
    const made = await duplicateTheme({ ...params, ...body }, services);
    if (made.ok) reply.status(201);
    return made;
  },
});

export const libraryRoutes = [list, install, addBundled, find, rename, remove, duplicate];
