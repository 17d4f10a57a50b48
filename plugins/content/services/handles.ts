import type { Cradle, Id } from 'kontor/sdk';
import { slug } from './texts.ts';

type Needs = Pick<Cradle, 'database' | 'stores'>;

/** Where the addresses of a kind are; those of articles are apart by blog. */
export type HandleTable = { readonly table: string; readonly owner: string; readonly blogId?: Id };
export const PAGE_HANDLES: HandleTable = { table: 'content.page_handles', owner: 'page_id' };
export const BLOG_HANDLES: HandleTable = { table: 'content.blog_handles', owner: 'blog_id' };
export const articleHandles = (blogId: Id): HandleTable => ({
  table: 'content.article_handles',
  owner: 'article_id',
  blogId,
});

type Wanted = {
  readonly id: Id | undefined;
  readonly handle: string;
  /** Somebody chose it: it is refused when it is taken, where another would get a number. */
  readonly isChosen: boolean;
  readonly translations: Readonly<Record<string, { handle?: string }>>;
};

/**
 * The addresses something would have, its own first. One that another gave up leads there no longer when it is chosen here.
 *
 * @returns the taken one when somebody chose it
 */
export async function freeHandles(
  { database, stores }: Needs,
  { table, owner, blogId }: HandleTable,
  wanted: Wanted,
): Promise<string[] | { taken: string }> {
  const own = slug(wanted.handle) || 'untitled';
  const others = Object.values(wanted.translations).map(({ handle = '' }) => slug(handle));
  const chosen = [...new Set([...(wanted.isChosen ? [own] : []), ...others.filter(Boolean)])];
  const rows = await database.query<{ handle: string; isCurrent: boolean }>(
    `select handle, is_current as "isCurrent" from ${table}
     where store_id = $1 and (handle = any($2) or (handle >= $3 and handle < $4)) and ${owner} is distinct from $5
       ${blogId === undefined ? '' : 'and blog_id = $6'}`,
    [
      ...[stores.current().id, [own, ...chosen], `${own}-`, `${own}.`, wanted.id ?? null],
      ...(blogId === undefined ? [] : [blogId]),
    ],
  );
  const current = new Set(rows.flatMap(({ handle, isCurrent }) => (isCurrent ? [handle] : [])));
  const taken = chosen.find((handle) => current.has(handle));
  if (taken !== undefined) return { taken };
  const known = new Set(rows.map(({ handle }) => handle));
  return [...new Set([wanted.isChosen ? own : numbered(own, known), ...others.filter(Boolean)])];
}

/** Writes them; what it had before goes on leading to it. */
export async function writeHandles(
  { database, stores }: Needs,
  { table, owner, blogId }: HandleTable,
  { id, handles }: { id: Id; handles: readonly string[] },
): Promise<void> {
  const scope = blogId === undefined ? { names: '', place: '' } : { names: 'blog_id, ', place: '$4, ' };
  await database.query(
    `with left_behind as (
       update ${table} set is_current = false where store_id = $1 and ${owner} = $2 and not (handle = any($3)
         ${blogId === undefined ? '' : 'and blog_id = $4'}))
     insert into ${table} (store_id, ${scope.names}handle, ${owner}, is_current)
     select $1, ${scope.place}handle, $2, true from unnest($3::text[]) as h (handle)
     on conflict (store_id, ${scope.names}handle) do update set ${owner} = excluded.${owner}, is_current = true`,
    [stores.current().id, id, handles, ...(blogId === undefined ? [] : [blogId])],
  );
}

/** By language of the store. */
export function handlesIn(
  locales: readonly string[],
  row: { handle: string; translations: Readonly<Record<string, { handle?: string }>> },
): Record<string, string> {
  return Object.fromEntries(
    locales.map((locale) => [locale, row.translations[locale]?.handle || row.handle]),
  );
}

function numbered(handle: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? handle : `${handle}-${number}`;
    if (!taken.has(name)) return name;
  }
}
