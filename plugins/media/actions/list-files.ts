import { type Cradle, type MediaFile, readCursor, writeCursor } from 'kontor/sdk';
import { COLUMNS, type FileRow, shown } from '../models/file.ts';

/** What to look for; all of it when left out. */
export type FileFilter = {
  /** Files right in it; `''` are those without a folder. */
  readonly folder?: string;
  readonly kind?: MediaFile['kind'];
  /** Part of the name or of an alt text. */
  readonly q?: string;
  readonly sort?: 'newest' | 'oldest' | 'name';
  readonly cursor?: string;
  readonly limit?: number;
};

/** A page of the library. */
export async function listFiles(
  { folder, kind, q, sort = 'newest', cursor, limit = 50 }: FileFilter,
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<{ items: MediaFile[]; next: string | null }> {
  const after = readCursor(cursor);
  const rows = await database.query<FileRow>(
    `select ${COLUMNS} from media.files
     where store_id = $1 and ($2::text is null or folder = $2) and ($3::text is null or kind = $3)
       and ($4::text is null or name ilike $4 or alt::text ilike $4)
       and ($5::bigint is null or ${BEYOND[sort]})
     order by ${ORDER[sort]} limit $7`,
    [
      ...[stores.current().id, folder ?? null, kind ?? null, q ? `%${literal(q)}%` : null],
      ...[after?.id ?? null, after?.value ?? null, limit + 1],
    ],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last ? writeCursor({ value: last.name, id: last.id }) : null;
  return { items: items.map(shown), next };
}

// The parameter of the name is named in each, as its type could not be told otherwise.
const BEYOND = {
  newest: '(id < $5 and $6::text is not null)',
  oldest: '(id > $5 and $6::text is not null)',
  name: '(name, id) > ($6::text, $5)',
} as const;
const ORDER = { newest: 'id desc', oldest: 'id', name: 'name, id' } as const;

const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
