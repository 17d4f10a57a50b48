import { ok, refused, route, Type } from 'kontor/sdk';
import { listDefaults, revertDefault, saveDefault } from '../actions/save-default.ts';
import { PLACES } from '../services/fill-in.ts';
import { defaultsOfStore } from '../services/defaults-of-store.ts';
import { BODY_LIMIT, oneOf, refusals, text, title, toRead } from './schemas.ts';

const ofPlatform = { surface: 'admin', access: 'admin' } as const;
const key = Type.String({ maxLength: 40 });
const locale = oneOf(['en', 'fr', 'de', 'lb']);
const one = Type.Object({ key, locale });

const listOfStore = route({
  ...toRead,
  method: 'GET',
  path: '/default-pages',
  summary: 'Defaults of the platform: as visitors would see them, and the id of the page in place of each',
  async handler({ query: _, locale: language }, services) {
    return { items: await defaultsOfStore(services, language), next: null };
  },
});

const list = route({
  ...ofPlatform,
  method: 'GET',
  path: '/content/default-pages',
  summary: 'Defaults in their four languages; `version` is 0 for what came along',
  async handler(_, services) {
    return { items: await listDefaults(services), next: null, places: PLACES };
  },
});

const save = route({
  ...ofPlatform,
  method: 'PUT',
  path: '/content/default-pages/:key/:locale',
  summary: 'Changes a default in one language, for every store that has no page in its place',
  params: one,
  bodyLimit: BODY_LIMIT,
  body: Type.Object({
    title,
    body: text(500_000),
    version: Type.Integer({
      minimum: 0,
      description: 'the one the change was made from; 0 for what came along',
    }),
  }),
  refusals,
  handler: ({ params, body }, services) => saveDefault(services, { ...params, ...body }),
});

const revert = route({
  ...ofPlatform,
  method: 'DELETE',
  path: '/content/default-pages/:key/:locale',
  summary: 'Brings back what came along',
  params: one,
  refusals,
  async handler({ params }, services) {
    return (await revertDefault(services, params)) ? ok() : refused('notFound', params);
  },
});

export const defaultRoutes = [listOfStore, list, save, revert];
