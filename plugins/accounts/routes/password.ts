import { route, Type } from 'kontor/sdk';
import { anyEmail, MINUTE, password, token, userOf } from './shared.ts';

export const changePassword = route({
  method: 'POST',
  path: '/password',
  surface: 'account',
  access: 'user',
  summary: 'Changes the password and ends all other sessions',
  rateLimit: { max: 10, window: MINUTE, per: 'actor' },
  body: Type.Object({ current: password, next: password }),
  refusals: { wrongPassword: 403 },
  handler(request, { users }) {
    const { userId, sessionId } = userOf(request);
    return users.changePassword({ userId, ...request.body, keepSessionId: sessionId });
  },
});

export const requestReset = route({
  method: 'POST',
  path: '/password/reset-request',
  surface: 'account',
  access: 'anyone',
  summary: 'Mails a link to set a new password; answers the same for every address',
  csrf: 'origin',
  rateLimit: { max: 10, window: 15 * MINUTE },
  body: Type.Object({ email: anyEmail }),
  async handler({ body, reply }, { users }) {
    await users.requestPasswordReset(body.email);
    reply.status(202);
    return { accepted: true };
  },
});

export const finishReset = route({
  method: 'POST',
  path: '/password/reset',
  surface: 'account',
  access: 'anyone',
  summary: 'Sets a new password with the token of a mailed link, and ends every session and key',
  csrf: 'origin',
  rateLimit: { max: 20, window: 15 * MINUTE },
  body: Type.Object({ token, password }),
  refusals: { invalidToken: 410 },
  handler: ({ body }, { users }) => users.resetPassword(body),
});
