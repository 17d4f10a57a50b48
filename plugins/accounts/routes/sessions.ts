import { route, Type } from 'kontor/sdk';
import { userOf } from './shared.ts';

export const listSessions = route({
  method: 'GET',
  path: '/sessions',
  surface: 'account',
  access: 'user',
  summary: 'Where this person is signed in, last used first',
  async handler(request, { users }) {
    const { userId, sessionId } = userOf(request);
    return { sessions: await users.sessions(userId, sessionId) };
  },
});

export const endSession = route({
  method: 'DELETE',
  path: '/sessions/:id',
  surface: 'account',
  access: 'user',
  summary: 'Ends one session of this person',
  params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
  refusals: { notFound: 404 },
  async handler(request, { users }) {
    const { userId, sessionId } = userOf(request);
    const ended = await users.endSession(userId, request.params.id);
    if (ended.ok && request.params.id === sessionId) request.reply.endSession();
    return ended;
  },
});

export const endOtherSessions = route({
  method: 'DELETE',
  path: '/sessions',
  surface: 'account',
  access: 'user',
  summary: 'Ends every session of this person but the current one',
  async handler(request, { users }) {
    const { userId, sessionId } = userOf(request);
    return { ended: await users.endAllSessions(userId, sessionId) };
  },
});
