import type { RouteRequest } from 'kontor/sdk';

type Asking = Pick<RouteRequest<unknown, unknown>, 'cookies' | 'locale' | 'reply' | 'store'>;

const COOKIE = 'locale';
const YEAR = 31_536_000; // seconds

/** The language of a page: the one asked for, which is kept, else the one kept, else what the kernel chose. */
export function pageLocale({ cookies, locale, reply, store }: Asking, asked?: string): string {
  const isSpoken = (one: string | undefined): one is string =>
    one !== undefined && store.locales.includes(one);
  if (isSpoken(asked)) {
    reply.cookie(COOKIE, asked, { maxAge: YEAR });
    return asked;
  }
  const kept = cookies[COOKIE];
  return isSpoken(kept) ? kept : locale;
}
