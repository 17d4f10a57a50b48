import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { httpErrors } from './errors.ts';

/**
 * Refuses an unsafe request that another site made the browser send. Keys are exempt before this is called: no site can
 * make a browser add one.
 *
 * @param origin - our own, e.g. `https://demo.example.lu`
 * @param csrfToken - of the session whose cookie came; undefined when none came
 * @param needsToken - false for routes of themes, whose forms carry none
 */
export function checkCrossSite(input: {
  headers: IncomingHttpHeaders;
  origin: string;
  csrfToken: string | undefined;
  needsToken: boolean;
}): void {
  const { headers, origin, csrfToken, needsToken } = input;
  const { origin: came, 'sec-fetch-site': site, 'x-csrf-token': token = '' } = headers;
  const isOurs = came === undefined ? site === undefined || OUR_SITES.has(String(site)) : came === origin;
  const isProved = came === origin || site === 'same-origin';
  if (!isOurs || (csrfToken !== undefined && !isProved)) {
    throw new httpErrors.KERNEL_ERR_ORIGIN(origin, came ?? site ?? 'a client that does not say');
  }
  if (csrfToken !== undefined && needsToken && !isSame(String(token), csrfToken)) {
    throw new httpErrors.KERNEL_ERR_CSRF();
  }
}

/** `none` is a person at the address bar. */
const OUR_SITES = new Set(['same-origin', 'none']);

/** In constant time, whatever the lengths. */
function isSame(came: string, wanted: string): boolean {
  const digest = (text: string) => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(came), digest(wanted));
}
