import { type Article, type ArticleComment, type Blog, ok, refused, route, Type } from 'kontor/sdk';
import { forVisitors, handle, page, refusals, text } from './schemas.ts';

const byHandle = Type.Object({ handle });
const byHandles = Type.Object({ handle, article: handle });
const MINUTE = 60_000; // ms

const blogs = route({
  ...forVisitors,
  method: 'GET',
  path: '/blogs',
  summary: 'Blogs by title',
  async handler({ locale }, { content }) {
    return { items: (await content.blogs({ locale })).map(blogForVisitor), next: null };
  },
});

const blog = route({
  ...forVisitors,
  method: 'GET',
  path: '/blogs/:handle',
  summary: 'A blog and its articles, the newest first; `tag` narrows it',
  params: byHandle,
  query: Type.Object({ ...page, tag: Type.Optional(text(60)) }),
  refusals,
  async handler({ params, query, locale }, { content }) {
    const found = await content.blog(params.handle, { locale });
    if (!found) return refused('notFound');
    const { articles, next } = await content.articles({ ...query, blogId: found.id, locale });
    return ok({ blog: blogForVisitor(found), items: articles.map(brief), next });
  },
});

const article = route({
  ...forVisitors,
  method: 'GET',
  path: '/blogs/:handle/:article',
  summary: 'An article; where `blogHandle` or `handle` are others than asked for, it has moved there',
  params: byHandles,
  refusals,
  async handler({ params, locale }, { content }) {
    const found = await content.article(params.handle, params.article, { locale });
    if (!found) return refused('notFound');
    const { body, handles, seo, template, comments } = found;
    return ok({ ...brief(found), body, handles, seo, template, comments });
  },
});

const comments = route({
  ...forVisitors,
  method: 'GET',
  path: '/blogs/:handle/:article/comments',
  summary: 'Comments on an article, the oldest first',
  params: byHandles,
  query: Type.Object(page),
  refusals,
  async handler({ params, query }, { content }) {
    const found = await content.article(params.handle, params.article);
    if (!found) return refused('notFound');
    const { comments: items, next } = await content.comments(found.id, query);
    return ok({ items: items.map(commentForVisitor), next });
  },
});

const write = route({
  ...forVisitors,
  method: 'POST',
  path: '/blogs/:handle/:article/comments',
  summary: 'Writes a comment; `website` is a field that people do not see and leave empty',
  params: byHandles,
  body: Type.Object({
    author: text(100),
    email: text(254),
    text: text(5000),
    website: Type.Optional(text(1000)),
  }),
  rateLimit: { max: 20, window: MINUTE, per: 'ip' },
  csrf: 'origin',
  refusals: { ...refusals, commentsOff: 403 },
  async handler({ params, body, ip, reply }, { content }) {
    const found = await content.article(params.handle, params.article);
    if (!found) return refused('notFound');
    const { website: trap, ...comment } = body;
    const written = await content.writeComment({
      ...comment,
      articleId: found.id,
      ip,
      ...(trap ? { trap } : {}),
    });
    if (written.ok) reply.status(202);
    return written;
  },
});

/** Less what only the team has to know. */
function blogForVisitor({
  id,
  handle: address,
  handles,
  title,
  seo,
  comments: policy,
  tags,
  articleCount,
}: Blog) {
  return { id, handle: address, handles, title, seo, comments: policy, tags, articleCount };
}

function brief({ id, blogHandle, blogTitle, handle: address, title, ...others }: Article) {
  const { excerpt, author, tags, picture, publishedAt, commentCount } = others;
  return {
    ...{ id, blogHandle, blogTitle, handle: address, title },
    ...{ excerpt, author, tags, picture, publishedAt, commentCount },
  };
}

/** An address is between who wrote and the store. */
function commentForVisitor({ id, author, text: words, html, createdAt }: ArticleComment) {
  return { id, author, text: words, html, createdAt };
}

export const shopBlogRoutes = [blogs, blog, article, comments, write];
