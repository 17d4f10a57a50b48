import { ok, refused, route, Type } from 'kontor/sdk';
import { findBlog } from '../actions/save-blog.ts';
import { shownBlog } from '../services/blog-rows.ts';
import { byId, named, oneOf, refusals, title, toRead, toWrite, translations, version } from './schemas.ts';

const fields = {
  ...named,
  comments: Type.Optional(oneOf(['off', 'moderated', 'auto'])),
  translations,
};

const list = route({
  ...toRead,
  method: 'GET',
  path: '/blogs',
  summary: 'Blogs by title',
  async handler(_, { content }) {
    return { items: await content.blogs(), next: null };
  },
});

const read = route({
  ...toRead,
  method: 'GET',
  path: '/blogs/:id',
  summary: 'One blog, in every language',
  params: byId,
  refusals,
  async handler({ params }, services) {
    const row = await findBlog(services, params.id);
    if (!row) return refused('notFound', { blogId: params.id });
    return ok(shownBlog(row, { locales: services.stores.current().locales }));
  },
});

const create = route({
  ...toWrite,
  method: 'POST',
  path: '/blogs',
  summary: 'Makes a blog; nobody can comment unless `comments` says otherwise',
  body: Type.Object({ title, ...fields }),
  refusals,
  async handler({ body, reply }, { content }) {
    const saved = await content.createBlog(body);
    if (saved.ok) reply.status(201);
    return saved;
  },
});

const change = route({
  ...toWrite,
  method: 'PATCH',
  path: '/blogs/:id',
  summary: 'Changes a blog; what is left out stays',
  params: byId,
  body: Type.Object({ title: Type.Optional(title), ...fields, version }),
  refusals,
  handler: ({ params, body }, { content }) => content.updateBlog(params.id, body),
});

const remove = route({
  ...toWrite,
  method: 'DELETE',
  path: '/blogs/:id',
  summary: 'Removes a blog with its articles and their comments',
  params: byId,
  refusals,
  handler: ({ params }, { content }) => content.removeBlog(params.id),
});

export const blogRoutes = [list, read, create, change, remove];
