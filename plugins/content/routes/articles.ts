import { ok, refused, route, Type } from 'kontor/sdk';
import { findArticle } from '../actions/save-article.ts';
import { shownArticle } from '../services/article-rows.ts';
import { listArticles } from '../services/articles-of-team.ts';
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

const fields = {
  ...written,
  excerpt: Type.Optional(text(50_000)),
  tags: Type.Optional(Type.Array(text(60), { maxItems: 50 })),
  pictureId: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  translations: longTranslations,
};
const blogId = Type.Integer({ minimum: 1 });

const list = route({
  ...toRead,
  method: 'GET',
  path: '/articles',
  summary:
    'Articles without their texts, the last changed first; `blogId`, `tag`, `text` and `state` (`visible`, `planned`, `draft`) narrow it',
  query: Type.Object({
    ...page,
    blogId: Type.Optional(blogId),
    tag: Type.Optional(text(60)),
    text: Type.Optional(text(255)),
    state: Type.Optional(oneOf(['visible', 'planned', 'draft'])),
  }),
  handler: ({ query }, services) => listArticles(services, query),
});

const read = route({
  ...toRead,
  method: 'GET',
  path: '/articles/:id',
  summary: 'One article as it is written, in every language',
  params: byId,
  refusals,
  async handler({ params }, services) {
    const row = await findArticle(services, params.id);
    if (!row) return refused('notFound', { articleId: params.id });
    const { clock, stores } = services;
    return ok(shownArticle(row, { locales: stores.current().locales, now: clock.now() }));
  },
});

const create = route({
  ...toWrite,
  method: 'POST',
  path: '/articles',
  summary: 'Makes an article; a draft unless it says otherwise',
  bodyLimit: BODY_LIMIT,
  body: Type.Object({ blogId, title, ...fields }),
  refusals,
  async handler({ body, reply }, { content }) {
    const saved = await content.createArticle(dated(body));
    if (saved.ok) reply.status(201);
    return saved;
  },
});

const change = route({
  ...toWrite,
  method: 'PATCH',
  path: '/articles/:id',
  summary: 'Changes an article; what is left out stays',
  params: byId,
  bodyLimit: BODY_LIMIT,
  body: Type.Object({
    blogId: Type.Optional(blogId),
    title: Type.Optional(title),
    ...fields,
    version,
  }),
  refusals,
  handler: ({ params, body }, { content }) => content.updateArticle(params.id, dated(body)),
});

const remove = route({
  ...toWrite,
  method: 'DELETE',
  path: '/articles/:id',
  summary: 'Removes an article with its comments',
  params: byId,
  refusals,
  handler: ({ params }, { content }) => content.removeArticle(params.id),
});

export const articleRoutes = [list, read, create, change, remove];
