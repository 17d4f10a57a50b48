import { stringifySetCookie } from 'cookie';
import type { CookieOptions } from 'kontor/sdk';

export type SessionCookies = ReturnType<typeof createCookies>;

/** @param isSecure - whether the outside reaches us by https; `__Host-` then ties a session to its very host */
export function createCookies(isSecure: boolean) {
  const prefix = isSecure ? '__Host-' : '';
  /** By the kind of host: a users' session means nothing on a store's host, and the other way round. */
  const names = { platform: `${prefix}kontor_user`, store: `${prefix}kontor_customer` } as const;
  const values = { platform: patternOf(names.platform), store: patternOf(names.store) };
  return {
    isSecure,
    names,
    /** The token of a session, without reading other cookies: it may be all that a request needs. */
    session: (host: 'platform' | 'store', header = '') => values[host].exec(header)?.[1]?.trim(),
    write: (name: string, value: string, options: CookieOptions & { expires?: Date } = {}) =>
      stringifySetCookie({
        ...{ name, value, path: '/', sameSite: 'lax', httpOnly: true, secure: isSecure, ...options },
        ...(options.maxAge !== undefined && { maxAge: Math.trunc(options.maxAge) }),
      }),
  };
}

/** After a semicolon only: a page of a neighbouring host may set a cookie for us with a blank and our name in its value. */
function patternOf(name: string): RegExp {
  return new RegExp(`(?:^|;\\s*)${name}=([^;]*)`);
}
