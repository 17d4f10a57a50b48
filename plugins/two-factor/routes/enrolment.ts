import { route, Type } from 'kontor/sdk';
import { password, perPerson, shownOnce, userOf } from './shared.ts';

export const status = route({
  method: 'GET',
  path: '/two-factor',
  surface: 'account',
  access: 'user',
  summary: 'Whether two-factor is on, and how many recovery codes are left',
  handler: (request, { twoFactor }) => twoFactor.status(userOf(request).userId),
});

export const startEnrolment = route({
  method: 'POST',
  path: '/two-factor',
  surface: 'account',
  access: 'user',
  summary: 'Begins: gives the secret for an authenticator app',
  rateLimit: perPerson,
  body: Type.Object({ password }),
  refusals: { wrongPassword: 403, alreadyOn: 409 },
  handler(request, { twoFactor }) {
    const { userId, email } = userOf(request);
    shownOnce(request.reply);
    return twoFactor.enrol({ userId, email, password: request.body.password, issuer: request.host });
  },
});

export const confirmEnrolment = route({
  method: 'POST',
  path: '/two-factor/confirm',
  surface: 'account',
  access: 'user',
  summary: 'Turns two-factor on with a first code, gives the recovery codes, ends all other sessions',
  rateLimit: perPerson,
  body: Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$' }) }),
  refusals: { notStarted: 409 },
  async handler(request, { twoFactor, users }) {
    const { userId, sessionId } = userOf(request);
    shownOnce(request.reply);
    const confirmed = await twoFactor.confirm(userId, request.body.code);
    // Sessions from before were opened with the password alone.
    if (confirmed.ok) await users.endAllSessions(userId, sessionId);
    return confirmed;
  },
});
