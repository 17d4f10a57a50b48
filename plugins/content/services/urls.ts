import type { Cradle } from 'kontor/sdk';

const LONGEST = 2000; // letters
const OUTSIDE = /^(https?|mailto|tel):/i;

/**
 * Where a link or a redirect may lead: a path of the store, or somewhere outside by one of a few ways. Addresses of the store
 * itself become paths.
 *
 * @param ways - `web`: http and https only
 * @returns undefined for anything else, such as `javascript:` and `//elsewhere`
 */
export function tidyTarget(
  text: string,
  { host, ways }: { host: string; ways: 'web' | 'all' },
): string | undefined {
  const target = text.trim();
  if (target === '' || target.length > LONGEST || /[\p{Cc}\s\\]/u.test(target)) return undefined;
  if (target.startsWith('/')) return target.startsWith('//') ? undefined : target;
  if (target.startsWith('#')) return ways === 'all' ? target : undefined;
  if (!OUTSIDE.test(target) || !URL.canParse(target)) return undefined;
  const url = new URL(target);
  const isWeb = /^https?:$/.test(url.protocol);
  if (!isWeb) return ways === 'all' ? target : undefined;
  if (url.username || url.password) return undefined;
  return url.host === host ? `${url.pathname}${url.search}${url.hash}` : target;
}

/** A path for comparing: decoded, in small letters, without query and slash at its end. */
export function tidyPath(text: string): string | undefined {
  const path = text.trim().replace(/[?#].*$/s, '');
  if (!path.startsWith('/') || path.startsWith('//') || path.length > LONGEST) return undefined;
  const decoded = decode(path)?.toLowerCase().replace(/\/+$/, '');
  return decoded === undefined || decoded === '' || /[\p{Cc}\\]/u.test(decoded) ? undefined : decoded;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined; // no UTF-8: no address of ours
  }
}

/** The host that links of the store name. */
export function hostOf({ stores }: Pick<Cradle, 'stores'>): string {
  return stores.current().host;
}
