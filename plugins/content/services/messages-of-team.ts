import type { ContactMessage, Cradle, Id } from 'kontor/sdk';

const COLUMNS = `id, name, email, phone, text, fields, locale, is_read as "isRead", created_at as "createdAt"`;

/** A page of the messages, the newest first. The cursor is the id of the last one. */
export async function listMessages(
  { database, stores }: Cradle,
  { cursor, limit = 24, isRead }: { cursor?: string; limit?: number; isRead?: boolean },
): Promise<{ items: ContactMessage[]; next: string | null; unread: number }> {
  const before = Number(cursor);
  const rows = await database.query<ContactMessage>(
    `select ${COLUMNS} from content.messages where store_id = $1 and ($2::boolean is null or is_read = $2)
       and ($3::bigint is null or id < $3) order by id desc limit $4`,
    [
      ...[stores.current().id, isRead ?? null],
      ...[Number.isSafeInteger(before) && cursor ? before : null, limit + 1],
    ],
  );
  const [count] = await database.query<{ unread: number }>(
    'select count(*) as unread from content.messages where store_id = $1 and not is_read',
    [stores.current().id],
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? String(items.at(-1)!.id) : null, unread: count!.unread };
}

export async function findMessage({ database, stores }: Cradle, id: Id): Promise<ContactMessage | undefined> {
  const sql = `select ${COLUMNS} from content.messages where store_id = $1 and id = $2`;
  return (await database.query<ContactMessage>(sql, [stores.current().id, id]))[0];
}

export async function markMessage(
  { database, stores }: Cradle,
  { id, isRead }: { id: Id; isRead: boolean },
): Promise<ContactMessage | undefined> {
  const sql = `update content.messages set is_read = $3 where store_id = $1 and id = $2 returning ${COLUMNS}`;
  return (await database.query<ContactMessage>(sql, [stores.current().id, id, isRead]))[0];
}

export async function removeMessage({ database, stores }: Cradle, id: Id): Promise<boolean> {
  const sql = 'delete from content.messages where store_id = $1 and id = $2 returning id';
  return (await database.query(sql, [stores.current().id, id])).length > 0;
}
