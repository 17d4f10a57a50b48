import { route, Type } from 'kontor/sdk';
import { MINUTE, name, password, token } from './shared.ts';

export const acceptInvitation = route({
  method: 'POST',
  path: '/invitations/accept',
  surface: 'account',
  access: 'anyone',
  summary: 'Joins a team with the token of its invitation; a known person gives their password',
  csrf: 'origin',
  rateLimit: { max: 20, window: 15 * MINUTE },
  body: Type.Object({ token, name: Type.Optional(name), password }),
  refusals: { invalidToken: 410, wrongPassword: 403, limitReached: 409 },
  handler: ({ body }, { team }) => team.acceptInvitation(body),
});
