import type { Cradle, Id } from 'kontor/sdk';
import { createDefaults } from './defaults.ts';
import { look, shownDefault } from './pages.ts';

/** Each default as visitors of the store would see it, and which page stands in its place. */
export async function defaultsOfStore(services: Cradle, locale: string) {
  const { database, stores } = services;
  const own = await database.query<{ id: Id; key: string }>(
    'select id, default_key as key from content.pages where store_id = $1 and default_key is not null',
    [stores.current().id],
  );
  const seen = await look(services, locale);
  const rows = await createDefaults(services).pages();
  return rows.map((row) => {
    const { title, body, changedAt } = shownDefault(row, seen);
    const pageId = own.find(({ key }) => key === row.defaultKey)?.id ?? null;
    return { key: row.defaultKey, handle: row.handle, title, body, changedAt, pageId };
  });
}
