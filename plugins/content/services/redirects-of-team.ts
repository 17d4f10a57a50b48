import { type Cradle, readCursor, type Redirect, writeCursor } from 'kontor/sdk';

/** A page of the redirects, by the path they lead from. */
export async function listRedirects(
  { database, stores }: Cradle,
  { cursor, limit = 24, text = '' }: { cursor?: string; limit?: number; text?: string },
): Promise<{ items: Redirect[]; next: string | null }> {
  const after = readCursor(cursor)?.value ?? '';
  const rows = await database.query<Redirect>(
    `select id, from_path as "from", target as "to", created_at as "createdAt" from content.redirects
     where store_id = $1 and from_path > $2 and (strpos(from_path, lower($3)) > 0 or strpos(target, $3) > 0)
     order by from_path limit $4`,
    [stores.current().id, after, text, limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, next: last ? writeCursor({ value: last.from, id: last.id }) : null };
}
