import { ok, route, Type } from 'kontor/sdk';
import { anyEmail, MINUTE, originOf, password, userOf } from './shared.ts';

export const signIn = route({
  method: 'POST',
  path: '/sign-in',
  surface: 'account',
  access: 'anyone',
  summary: 'Signs a person in; 401 names the second steps that are asked for',
  // Whoever comes back with an old cookie has no page to take a token from.
  csrf: 'origin',
  rateLimit: { max: 30, window: MINUTE },
  body: Type.Object({
    email: anyEmail,
    password,
    challenges: Type.Optional(
      Type.Record(
        Type.String({ maxLength: 40 }),
        Type.Record(Type.String({ maxLength: 40 }), Type.Unknown()),
      ),
    ),
  }),
  refusals: {
    wrongCredentials: 401,
    challengeRequired: 401,
    challengeFailed: 401,
    disabled: 403,
    lockedOut: 429,
  },
  async handler(request, { users }) {
    const signedIn = await users.signIn({ ...request.body, ...originOf(request) });
    if (!signedIn.ok) return signedIn;
    if (request.actor.kind === 'user') await users.signOut(request.actor.sessionId);
    const { user, csrfToken } = signedIn.value;
    request.reply.session(signedIn.value);
    return ok({ user, csrfToken });
  },
});

export const signOut = route({
  method: 'POST',
  path: '/sign-out',
  surface: 'account',
  access: 'user',
  summary: 'Ends the current session',
  async handler(request, { users }) {
    await users.signOut(userOf(request).sessionId);
    request.reply.endSession();
  },
});
