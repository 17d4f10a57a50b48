import { type Cradle, type Id, type MediaFile, ok, refused, type Result } from 'kontor/sdk';
import { COLUMNS, type FileRow, shown } from '../models/file.ts';
import { folderOf, nameWith } from '../services/names.ts';

export type FileChange = {
  readonly name?: string;
  readonly folder?: string;
  /** Takes the place of all there was. */
  readonly alt?: Readonly<Record<string, string>>;
  readonly focalPoint?: { readonly x: number; readonly y: number };
};

/**
 * Changes what people say about a file; its content stays as it is.
 *
 * @param version - what it was changed from
 */
export function changeFile(
  { id, version, change }: { id: Id; version: number; change: FileChange },
  services: Pick<Cradle, 'database' | 'events' | 'stores'>,
): Promise<Result<MediaFile, 'notFound' | 'changed'>> {
  const { database, events, stores } = services;
  const { id: storeId } = stores.current();
  return database.transaction(async () => {
    const [before] = await database.query<FileRow>(
      `select ${COLUMNS} from media.files where store_id = $1 and id = $2 for update`,
      [storeId, id],
    );
    if (!before) return refused('notFound');
    if (before.version !== version) return refused('changed', { version: before.version });
    const { name = before.name, folder = before.folder, alt = before.alt } = change;
    const { x, y } = change.focalPoint ?? { x: before.focalX, y: before.focalY };
    const ending = /\.[a-z0-9]+$/.exec(before.name)?.[0] ?? '';
    const [after] = await database.query<FileRow>(
      `update media.files set name = $3, folder = $4, alt = $5::jsonb, focal_x = $6, focal_y = $7,
         version = version + 1
       where store_id = $1 and id = $2 returning ${COLUMNS}`,
      [storeId, id, nameWith(name, ending), folderOf(folder), JSON.stringify(alt), x, y],
    );
    await events.emit('media.changed', { mediaId: id }, { entity: `media:${id}` });
    return ok(shown(after!));
  });
}
