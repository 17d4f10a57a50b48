import { ok, refused, route, Type } from 'kontor/sdk';
import { listPages, oneOfTeam } from '../services/pages-of-team.ts';
import {
  BODY_LIMIT,
  byId,
  dated,
  longTranslations,
  oneOf,
  page,
  refusals,
  text,
  title,
  toRead,
  toWrite,
  version,
  written,
} from './schemas.ts';

const defaultKey = oneOf([
  'about',
  'faq',
  'contact',
  'shipping',
  'returns',
  'privacy',
  'terms',
  'legal-notice',
]);

const list = route({
  ...toRead,
  method: 'GET',
  path: '/pages',
  summary:
    'Pages by title, without their texts; `text` are words of them, `state` is `visible`, `planned` or `draft`',
  query: Type.Object({
    ...page,
    text: Type.Optional(text(255)),
    state: Type.Optional(oneOf(['visible', 'planned', 'draft'])),
  }),
  handler: ({ query }, services) => listPages(services, query),
});

const read = route({
  ...toRead,
  method: 'GET',
  path: '/pages/:id',
  summary: 'One page as it is written, in every language',
  params: byId,
  refusals,
  async handler({ params }, services) {
    const found = await oneOfTeam(services, params.id);
    return found ? ok(found) : refused('notFound', { pageId: params.id });
  },
});

const create = route({
  ...toWrite,
  method: 'POST',
  path: '/pages',
  summary:
    'Makes a page; with `defaultKey`, in place of a default of the platform, whose texts it begins with',
  bodyLimit: BODY_LIMIT,
  body: Type.Union([
    Type.Object({ title, ...written, translations: longTranslations }, { additionalProperties: false }),
    Type.Object(
      { defaultKey, title: Type.Optional(title), ...written, translations: longTranslations },
      { additionalProperties: false },
    ),
  ]),
  refusals,
  async handler({ body, reply }, { content }) {
    const saved = await content.createPage(dated(body) as Parameters<typeof content.createPage>[0]);
    if (saved.ok) reply.status(201);
    return saved;
  },
});

const change = route({
  ...toWrite,
  method: 'PATCH',
  path: '/pages/:id',
  summary: 'Changes a page; what is left out stays',
  params: byId,
  bodyLimit: BODY_LIMIT,
  body: Type.Object({ title: Type.Optional(title), ...written, translations: longTranslations, version }),
  refusals,
  handler: ({ params, body }, { content }) => content.updatePage(params.id, dated(body)),
});

const remove = route({
  ...toWrite,
  method: 'DELETE',
  path: '/pages/:id',
  summary: 'Removes a page; a default that it stood in place of is seen again',
  params: byId,
  refusals,
  handler: ({ params }, { content }) => content.removePage(params.id),
});

export const pageRoutes = [list, read, create, change, remove];
