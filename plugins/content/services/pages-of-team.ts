import { type ContentPage, type Cradle, type Id, readCursor, writeCursor } from 'kontor/sdk';
import { findPage } from '../actions/save-page.ts';
import { readPages, shownPage } from './page-rows.ts';
import { searchQuery } from './search-words.ts';

type Query = { cursor?: string; limit?: number; text?: string; state?: 'visible' | 'planned' | 'draft' };

const STATES = {
  visible: 'p.is_published and (p.publish_at is null or p.publish_at <= $4)',
  planned: 'p.is_published and p.publish_at > $4',
  draft: 'not p.is_published',
};

/** A page of the pages, by title, in any state and without their bodies. */
export async function listPages(
  services: Cradle,
  { cursor, limit = 24, text = '', state }: Query,
): Promise<{ items: Omit<ContentPage, 'body' | 'translations'>[]; next: string | null }> {
  const now = services.clock.now();
  const after = readCursor(cursor);
  const words = searchQuery(text);
  const rows = await readPages(services, {
    name: `team-${state ?? 'all'}`,
    where: `and (p.title, p.id) > ($2, $3) and $4::timestamptz is not null and ${state ? STATES[state] : 'true'}
      and ($5 = '' or p.words @@ to_tsquery('simple', $5)) order by p.title, p.id limit $6`,
    values: [after?.value ?? '', after?.id ?? 0, now, words, limit + 1],
  });
  const items = rows.slice(0, limit);
  const { locales } = services.stores.current();
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map((row) => {
      const { body: _, translations: __, ...page } = shownPage(row, { locales, now });
      return page;
    }),
    next: last ? writeCursor({ value: last.title, id: last.id }) : null,
  };
}

export async function oneOfTeam(services: Cradle, id: Id): Promise<ContentPage | undefined> {
  const row = await findPage(services, id);
  return row && shownPage(row, { locales: services.stores.current().locales, now: services.clock.now() });
}
