import type { CookieOptions } from 'kontor/sdk';

export type SessionCookies = {
  /** By the kind of host: a users' session means nothing on a store's host, and the other way round. */
  readonly platform: string;
  readonly store: string;
  write(name: string, value: string, options?: CookieOptions & { expires?: Date }): string;
};

/** @param isSecure - whether the outside reaches us by https; `__Host-` then ties a session to its very host */
export function createCookies(isSecure: boolean): SessionCookies {
  const prefix = isSecure ? '__Host-' : '';
  return {
    platform: `${prefix}kontor_user`,
    store: `${prefix}kontor_customer`,
    write(name, value, { maxAge, expires, sameSite = 'lax', httpOnly = true, path = '/' } = {}) {
      const parts = [`${name}=${encodeURIComponent(value)}`, `Path=${path}`, `SameSite=${sameSite}`];
      if (maxAge !== undefined) parts.push(`Max-Age=${Math.trunc(maxAge)}`);
      if (expires) parts.push(`Expires=${expires.toUTCString()}`);
      if (httpOnly) parts.push('HttpOnly');
      if (isSecure) parts.push('Secure');
      return parts.join('; ');
    },
  };
}

/** One cookie, without reading the others: it may be all that a request needs. */
export function oneCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (let at = header.indexOf(name); at >= 0; at = header.indexOf(name, at + 1)) {
    const isWhole =
      (at === 0 || header[at - 1] === ' ' || header[at - 1] === ';') && header[at + name.length] === '=';
    if (!isWhole) continue;
    const end = header.indexOf(';', at);
    return header.slice(at + name.length + 1, end < 0 ? header.length : end).trim();
  }
  return undefined;
}

/** Every cookie; of two with one name the first counts, as it has the longer path. */
export function readCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0) cookies[part.slice(0, at).trim()] ??= decoded(part.slice(at + 1).trim());
  }
  return cookies;
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
