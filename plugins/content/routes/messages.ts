import { ok, refused, route, Type } from 'kontor/sdk';
import { findMessage, listMessages, markMessage, removeMessage } from '../services/messages-of-team.ts';
import { byId, page, refusals } from './schemas.ts';

const ofTeam = { surface: 'store', access: { permission: 'content.messages' } } as const;

const list = route({
  ...ofTeam,
  method: 'GET',
  path: '/contact-messages',
  summary: 'Messages of the contact form, the newest first; `unread` counts those nobody has opened',
  query: Type.Object({ ...page, isRead: Type.Optional(Type.Boolean()) }),
  handler: ({ query }, services) => listMessages(services, query),
});

const read = route({
  ...ofTeam,
  method: 'GET',
  path: '/contact-messages/:id',
  summary: 'One message',
  params: byId,
  refusals,
  async handler({ params }, services) {
    const message = await findMessage(services, params.id);
    return message ? ok(message) : refused('notFound', { messageId: params.id });
  },
});

const mark = route({
  ...ofTeam,
  method: 'PATCH',
  path: '/contact-messages/:id',
  summary: 'Marks a message as read, or as unread again',
  params: byId,
  body: Type.Object({ isRead: Type.Boolean() }),
  refusals,
  async handler({ params, body }, services) {
    const message = await markMessage(services, { ...params, ...body });
    return message ? ok(message) : refused('notFound', { messageId: params.id });
  },
});

const remove = route({
  ...ofTeam,
  method: 'DELETE',
  path: '/contact-messages/:id',
  summary: 'Removes a message for good',
  params: byId,
  refusals,
  async handler({ params }, services) {
    const isGone = await removeMessage(services, params.id);
    return isGone ? ok() : refused('notFound', { messageId: params.id });
  },
});

export const messageRoutes = [list, read, mark, remove];
