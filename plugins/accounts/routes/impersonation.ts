import { ok, refused, route, Type } from 'kontor/sdk';
import { originOf, sessionCookie, userOf } from './shared.ts';

/** Keeps the admin's own session while they act as somebody else. */
const WAITING = 'kontor_admin';

export const startImpersonation = route({
  method: 'POST',
  path: '/impersonations',
  surface: 'admin',
  access: 'admin',
  summary: 'Acts as a user for an hour at most; the reason is recorded',
  body: Type.Object({ userId: Type.Integer({ minimum: 1 }), reason: Type.String({ maxLength: 1000 }) }),
  refusals: { notFound: 404, notAllowed: 403 },
  async handler(request, { users }) {
    const { userId: adminId } = userOf(request);
    const started = await users.impersonate({ adminId, ...request.body, ...originOf(request) });
    if (!started.ok) return started;
    const { prefix, token } = sessionCookie(request.cookies);
    if (token !== undefined)
      request.reply.cookie(prefix + WAITING, token, { maxAge: 3600, sameSite: 'strict' });
    request.reply.session(started.value);
    return ok({ csrfToken: started.value.csrfToken, until: started.value.expiresAt });
  },
});

export const stopImpersonation = route({
  method: 'POST',
  path: '/impersonation/stop',
  surface: 'account',
  access: 'user',
  summary: 'Stops acting as somebody else; the admin is who they were',
  refusals: { notImpersonating: 409 },
  async handler(request, { clock, users }) {
    const { impersonation, sessionId } = userOf(request);
    if (!impersonation) return refused('notImpersonating');
    await users.signOut(sessionId);
    const { prefix } = sessionCookie(request.cookies);
    const own = request.cookies[prefix + WAITING];
    request.reply.clearCookie(prefix + WAITING);
    if (own === undefined) {
      request.reply.endSession();
      return ok({ csrfToken: null });
    }
    // The server knows when the admin's session ends, and whether it has; the cookie only has to live as long.
    const expiresAt = new Date(clock.now().getTime() + 90 * 24 * 3_600_000);
    const csrfToken = users.csrfToken(own);
    request.reply.session({ token: own, csrfToken, expiresAt });
    return ok({ csrfToken });
  },
});
