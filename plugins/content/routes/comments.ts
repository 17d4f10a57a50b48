import { route, Type } from 'kontor/sdk';
import { moderateComment, removeComment } from '../actions/moderate-comment.ts';
import { listComments } from '../services/comments-of-team.ts';
import { byId, oneOf, page, refusals } from './schemas.ts';

const moderating = { surface: 'store', access: { permission: 'content.moderate' } } as const;
const states = oneOf(['pending', 'approved', 'spam']);

const list = route({
  ...moderating,
  method: 'GET',
  path: '/comments',
  summary: 'Comments, the newest first; of a `state`, of an article',
  query: Type.Object({
    ...page,
    state: Type.Optional(states),
    articleId: Type.Optional(Type.Integer()),
  }),
  handler: ({ query }, services) => listComments(services, query),
});

const moderate = route({
  ...moderating,
  method: 'PATCH',
  path: '/comments/:id',
  summary: 'Shows a comment (`approved`), hides it (`pending`), or puts it with the spam',
  params: byId,
  body: Type.Object({ state: states }),
  refusals,
  handler: ({ params, body }, services) => moderateComment(services, { ...params, ...body }),
});

const remove = route({
  ...moderating,
  method: 'DELETE',
  path: '/comments/:id',
  summary: 'Removes a comment for good',
  params: byId,
  refusals,
  handler: ({ params }, services) => removeComment(services, params.id),
});

export const commentRoutes = [list, moderate, remove];
