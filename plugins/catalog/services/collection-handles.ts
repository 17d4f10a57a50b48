import type { Cradle, Id } from 'kontor/sdk';
import { slug } from './texts.ts';

/** An address of a collection, in one language; the first of several is the store's own. */
export type CollectionHandle = { handle: string; locale: string };

/**
 * The addresses a collection would have: slugs of what was asked for, each once. Where nobody chose the store's own one, it
 * gets a number when it is taken.
 *
 * @returns the taken one when somebody chose it
 */
export async function freeHandles(
  { database, stores }: Cradle,
  wanted: {
    id: Id | undefined;
    handle: string;
    isChosen: boolean;
    translations: Readonly<Record<string, { handle?: string }>>;
  },
): Promise<CollectionHandle[] | string> {
  const { id: storeId, locale } = stores.current();
  const own = slug(wanted.handle) || 'collection';
  const chosen = Object.entries(wanted.translations).flatMap(([language, { handle = '' }]) => {
    const address = slug(handle);
    return address === '' || address === own ? [] : [{ handle: address, locale: language }];
  });
  const rows = await database.query<{ handle: string }>(
    `select handle from catalog.collection_handles
     where store_id = $1 and (handle = any($2) or (handle >= $3 and handle < $4)) and collection_id is distinct from $5`,
    [storeId, [own, ...chosen.map(({ handle }) => handle)], `${own}-`, `${own}.`, wanted.id ?? null],
  );
  const taken = new Set(rows.map(({ handle }) => handle));
  const refused = chosen.find(({ handle }) => taken.has(handle));
  if (refused) return refused.handle;
  if (wanted.isChosen && taken.has(own)) return own;
  const unique = new Map(chosen.map((one) => [one.handle, one]));
  return [{ handle: numbered(own, taken), locale }, ...unique.values()];
}

/** Writes them, and lets go what it had before. */
export async function writeHandles(
  { database, stores }: Cradle,
  { id, handles }: { id: Id; handles: readonly CollectionHandle[] },
): Promise<void> {
  await database.query(
    `with gone as (
       delete from catalog.collection_handles where store_id = $1 and collection_id = $2 and handle <> all($3))
     insert into catalog.collection_handles (store_id, handle, collection_id, locale)
     select $1, h.handle, $2, h.locale from unnest($3::text[], $4::text[]) as h (handle, locale)
     on conflict (store_id, handle) do update set locale = excluded.locale
       where collection_handles.collection_id = excluded.collection_id`,
    [stores.current().id, id, handles.map(({ handle }) => handle), handles.map(({ locale }) => locale)],
  );
}

function numbered(handle: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? handle : `${handle}-${number}`;
    if (!taken.has(name)) return name;
  }
}
