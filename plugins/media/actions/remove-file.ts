import { type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { roomOf } from './add-file.ts';

export type Usage = { readonly kind: string; readonly id: Id; readonly title: string };

/** Where plugins show a file. */
export async function usagesOf(id: Id, { points }: Pick<Cradle, 'points'>): Promise<Usage[]> {
  const found = await Promise.all(points.of('mediaUsages').map((usage) => usage.usedIn([id])));
  return found.flat().map(({ kind, id, title }) => ({ kind, id, title }));
}

/** Removes a file that is shown nowhere; its content goes after the commit. */
export async function removeFile(id: Id, services: Cradle): Promise<Result<undefined, 'notFound' | 'inUse'>> {
  const { database, events, features, jobs, stores } = services;
  if (!(await services.media.find(id))) return refused('notFound');
  const usages = await usagesOf(id, services);
  if (usages.length > 0) return refused('inUse', { usages });
  return database.transaction(async () => {
    const [row] = await database.query<{ key: string; bytes: number }>(
      'delete from media.files where store_id = $1 and id = $2 returning key, bytes',
      [stores.current().id, id],
    );
    if (!row) return refused('notFound');
    await features.release('media.storage_kb', roomOf(row.bytes));
    await events.emit('media.removed', { mediaId: id }, { entity: `media:${id}` });
    await jobs.send('media.remove-objects', { key: row.key });
    return ok();
  });
}
