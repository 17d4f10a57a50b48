import { route, Type } from 'kontor/sdk';
import { email, MINUTE, password, token, userOf } from './shared.ts';

export const requestEmailChange = route({
  method: 'POST',
  path: '/email',
  surface: 'account',
  access: 'user',
  summary: 'Mails a link to the new address; nothing changes before it is opened',
  rateLimit: { max: 10, window: 15 * MINUTE, per: 'actor' },
  body: Type.Object({ email, password }),
  refusals: { wrongPassword: 403 },
  handler: (request, { users }) =>
    users.requestEmailChange({ userId: userOf(request).userId, ...request.body }),
});

export const confirmEmailChange = route({
  method: 'POST',
  path: '/email/confirm',
  surface: 'account',
  access: 'anyone',
  summary: 'Takes over the new address with the token of its link',
  csrf: 'origin',
  rateLimit: { max: 20, window: 15 * MINUTE },
  body: Type.Object({ token }),
  refusals: { invalidToken: 410, emailTaken: 409 },
  handler: ({ body }, { users }) => users.confirmEmailChange(body.token),
});
