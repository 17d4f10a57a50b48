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
    write(name: string, value: string, options: CookieOptions & { expires?: Date } = {}): string {
      const { maxAge, expires, sameSite = 'lax', httpOnly = true, path = '/' } = options;
      return [
        `${name}=${encodeURIComponent(value)}; Path=${path}; SameSite=${sameSite}`,
        ...(maxAge === undefined ? [] : [`Max-Age=${Math.trunc(maxAge)}`]),
        ...(expires ? [`Expires=${expires.toUTCString()}`] : []),
        ...(httpOnly ? ['HttpOnly'] : []),
        ...(isSecure ? ['Secure'] : []),
      ].join('; ');
    },
  };
}

/** After a semicolon only: a page of a neighbouring host may set a cookie for us with a blank and our name in its value. */
function patternOf(name: string): RegExp {
  return new RegExp(`(?:^|;\\s*)${name}=([^;]*)`);
}

/** Every cookie; of two with one name the first counts, as it has the longer path. */
export function readCookies(header = ''): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0) cookies[part.slice(0, at).trim()] ??= decoded(part.slice(at + 1).trim());
  }
  return cookies;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
