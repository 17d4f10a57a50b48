import { route, Type } from 'kontor/sdk';
import { locale, name, sessionCookie, userOf } from './shared.ts';

export const me = route({
  method: 'GET',
  path: '/me',
  surface: 'account',
  access: 'user',
  summary: 'Who is signed in, for which stores they work, and the token for unsafe requests',
  async handler(request, { users }) {
    const { userId, impersonation } = userOf(request);
    const { token = '' } = sessionCookie(request.cookies);
    const [user, stores] = await Promise.all([users.find(userId), users.memberships(userId)]);
    return { user, stores, csrfToken: users.csrfToken(token), impersonation: impersonation ?? null };
  },
});

export const updateProfile = route({
  method: 'PATCH',
  path: '/me',
  surface: 'account',
  access: 'user',
  summary: 'Changes the name or the language',
  body: Type.Object({ name: Type.Optional(name), locale: Type.Optional(locale) }),
  async handler(request, { users }) {
    const { userId } = userOf(request);
    await users.updateProfile(userId, request.body);
    return users.find(userId);
  },
});
