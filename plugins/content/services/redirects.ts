import type { Content, Cradle } from 'kontor/sdk';
import { followed, MOST_REDIRECTS, saveRedirects } from '../actions/save-redirects.ts';
import type { Kept } from './kept.ts';
import { tidyPath } from './urls.ts';

/** The part of the service that is about redirects. All of a store are kept: a look-up costs no query. */
export function createRedirects(
  services: Cradle,
  { kept }: { kept: Kept },
): Pick<Content, 'redirect' | 'saveRedirects'> {
  const { database, stores } = services;
  const all = () =>
    kept('redirects', async () => {
      const rows = await database.query<{ from: string; to: string }>(
        `select from_path as "from", target as "to" from content.redirects where store_id = $1 limit ${MOST_REDIRECTS}`,
        [stores.current().id],
      );
      return new Map(rows.map(({ from, to }) => [from, to]));
    });
  return {
    async redirect(path) {
      const from = tidyPath(path);
      if (from === undefined) return undefined;
      const known = await all();
      return known.has(from) ? followed(from, (one) => known.get(one)) : undefined;
    },
    saveRedirects: (redirects) => saveRedirects(services, redirects),
  };
}
