import { type Actor, refused, route, Type } from 'kontor/sdk';
import { AnyEmail, Email, MINUTE, own, Password, Token } from './schemas.ts';

const CART = 'kontor_cart'; // where `cart` keeps its token in a browser
const anyone = { surface: 'shop', access: 'anyone', csrf: 'origin' } as const;
const customer = { surface: 'shop', access: 'customer' } as const;

export const register = route({
  ...anyone,
  method: 'POST',
  path: '/account/register',
  summary: 'Opens an account and signs in',
  rateLimit: { max: 10, window: 15 * MINUTE },
  body: Type.Object({ email: Email, password: Password, ...own }),
  refusals: { emailTaken: 409 },
  async handler(request, services) {
    const entered = await services.customerAccounts.register(request.body, originOf(request));
    if (!entered.ok) return entered;
    request.reply.session(entered.value.session).status(201);
    return { customer: entered.value.profile, csrfToken: entered.value.session.csrfToken };
  },
});

export const signIn = route({
  ...anyone,
  method: 'POST',
  path: '/account/sign-in',
  summary: 'Signs a customer in',
  rateLimit: { max: 30, window: 15 * MINUTE },
  body: Type.Object({ email: AnyEmail, password: Password }),
  refusals: { wrongCredentials: 401, lockedOut: 429, disabled: 403 },
  async handler(request, services) {
    const entered = await services.customerAccounts.signIn(request.body, originOf(request));
    if (!entered.ok) return entered;
    request.reply.session(entered.value.session);
    return { customer: entered.value.profile, csrfToken: entered.value.session.csrfToken };
  },
});

export const signOut = route({
  ...customer,
  csrf: 'origin',
  method: 'POST',
  path: '/account/sign-out',
  summary: 'Ends the session',
  async handler({ actor, reply }, { customers }) {
    await customers.signOut(customerOf(actor).sessionId);
    // The cart stays the customer's; whoever sits here next finds neither it nor the address in its checkout.
    reply.endSession().clearCookie(CART);
  },
});

export const readAccount = route({
  ...customer,
  method: 'GET',
  path: '/account',
  summary: 'The signed-in customer, with addresses',
  async handler({ actor }, { customerAccounts, customerBook }) {
    const { customerId } = customerOf(actor);
    const [profile, addresses] = [
      await customerAccounts.own(customerId),
      await customerBook.addresses(customerId),
    ];
    return { ...profile, addresses };
  },
});

export const changeAccount = route({
  ...customer,
  method: 'PATCH',
  path: '/account',
  summary: 'Changes what is known of the signed-in customer',
  transaction: true,
  body: Type.Object(own),
  async handler({ actor, body }, { customerAccounts, customerBook }) {
    const { customerId } = customerOf(actor);
    const profile = await customerBook.profile(customerId);
    if (!profile) return refused('notFound');
    const changed = await customerBook.update(profile.id, body);
    return changed.ok ? customerAccounts.own(customerId) : changed;
  },
});

export const changePassword = route({
  ...customer,
  method: 'POST',
  path: '/account/password',
  summary: 'Changes the password and ends all other sessions',
  rateLimit: { max: 10, window: MINUTE, per: 'actor' },
  body: Type.Object({ current: Password, next: Password }),
  refusals: { wrongPassword: 403 },
  handler({ actor, body }, { customers }) {
    const { customerId, sessionId } = customerOf(actor);
    return customers.changePassword({ customerId, ...body, keepSessionId: sessionId });
  },
});

export const requestReset = route({
  ...anyone,
  method: 'POST',
  path: '/account/password/reset-request',
  summary: 'Mails a link to set a new password; answers the same for every address',
  rateLimit: { max: 10, window: 15 * MINUTE },
  body: Type.Object({ email: AnyEmail }),
  async handler({ body, reply }, { customers }) {
    await customers.requestPasswordReset(body.email);
    reply.status(202);
    return { accepted: true };
  },
});

export const finishReset = route({
  ...anyone,
  method: 'POST',
  path: '/account/password/reset',
  summary: 'Sets a new password with the token of a mailed link, and ends every session',
  rateLimit: { max: 20, window: 15 * MINUTE },
  body: Type.Object({ token: Token, password: Password }),
  refusals: { invalidToken: 410 },
  handler: ({ body }, { customers }) => customers.resetPassword(body),
});

function originOf({ ip, headers }: { ip: string; headers: Readonly<Record<string, unknown>> }) {
  return { ip, userAgent: String(headers['user-agent'] ?? '') };
}

export function customerOf(actor: Actor): Extract<Actor, { kind: 'customer' }> {
  if (actor.kind !== 'customer') throw new TypeError(`Expected a customer, got ${actor.kind}`);
  return actor;
}
