import { type Actor, type RouteRequest, Type } from 'kontor/sdk';

type UserActor = Extract<Actor, { kind: 'user' }>;

export const MINUTE = 60_000;

/** An address as it is typed to find somebody: what is no address finds nobody. */
export const anyEmail = Type.String({ maxLength: 254 });
export const email = Type.String({ format: 'email', maxLength: 254 });
/** How strong it must be is the kernel's to say; here only that it is not a book. */
export const password = Type.String({ minLength: 1, maxLength: 1024 });
export const token = Type.String({ minLength: 20, maxLength: 200 });
export const name = Type.String({ minLength: 1, maxLength: 200 });
export const locale = Type.String({ pattern: '^[a-z]{2,3}(-[A-Z]{2})?$' });

/** The signed-in person of a route with `access: 'user'` or `'admin'`. */
export function userOf({ actor }: { actor: Actor }): UserActor {
  if (actor.kind !== 'user') throw new TypeError(`Expected a signed-in person, got one ${actor.kind}`);
  return actor;
}

/** Where a request came from, as sessions remember it. */
export function originOf({ ip, headers }: Pick<RouteRequest, 'ip' | 'headers'>) {
  return { ip, userAgent: String(headers['user-agent'] ?? '') };
}

/** The session cookie that came, under the name it has on this platform. */
export function sessionCookie(cookies: RouteRequest['cookies']): {
  prefix: string;
  token: string | undefined;
} {
  const secure = cookies['__Host-kontor_user'];
  return secure === undefined
    ? { prefix: '', token: cookies.kontor_user }
    : { prefix: '__Host-', token: secure };
}
