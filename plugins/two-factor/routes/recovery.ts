import { route, Type } from 'kontor/sdk';
import { password, perPerson, shownOnce, userOf } from './shared.ts';

export const newRecoveryCodes = route({
  method: 'POST',
  path: '/two-factor/recovery-codes',
  surface: 'account',
  access: 'user',
  summary: 'Makes ten new recovery codes; the old ones end',
  rateLimit: perPerson,
  body: Type.Object({ password }),
  refusals: { wrongPassword: 403, notOn: 409 },
  handler(request, { twoFactor }) {
    shownOnce(request.reply);
    return twoFactor.renewRecoveryCodes(userOf(request).userId, request.body.password);
  },
});

export const turnOff = route({
  method: 'POST',
  path: '/two-factor/disable',
  surface: 'account',
  access: 'user',
  summary: 'Turns two-factor off',
  rateLimit: perPerson,
  body: Type.Object({ password }),
  refusals: { wrongPassword: 403, notOn: 409 },
  handler: (request, { twoFactor }) => twoFactor.disable(userOf(request).userId, request.body.password),
});

export const helpOut = route({
  method: 'DELETE',
  path: '/users/:userId/two-factor',
  surface: 'admin',
  access: 'admin',
  summary: 'Takes two-factor from a person who lost app and codes; recorded',
  params: Type.Object({ userId: Type.Integer({ minimum: 1 }) }),
  refusals: { notOn: 404 },
  handler: (request, { twoFactor }) => twoFactor.reset(request.params.userId, userOf(request).userId),
});
