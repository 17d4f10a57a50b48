import type { Cradle, Id } from 'kontor/sdk';
import { folderOf } from '../services/names.ts';

type Needs = Pick<Cradle, 'database' | 'stores'>;

/** Folders that hold files, by name, with how many are right in each. */
export function foldersOf({ database, stores }: Needs): Promise<{ folder: string; files: number }[]> {
  return database.query(
    `select folder, count(*)::bigint as files from media.files where store_id = $1 group by folder order by folder`,
    [stores.current().id],
  );
}

/** Gives a folder another name, and all that is in it. @returns how many files that were */
export async function renameFolder(
  { from, to }: { from: string; to: string },
  { database, stores }: Needs,
): Promise<number> {
  const rows = await database.query(
    `update media.files set folder = ltrim($3::text || substr(folder, length($2) + 1), '/'), version = version + 1
     where store_id = $1 and (folder = $2 or starts_with(folder, $2 || '/')) returning id`,
    [stores.current().id, folderOf(from), folderOf(to)],
  );
  return rows.length;
}

/** Puts files into a folder. @returns ids of those that are this store's */
export async function moveToFolder(
  { ids, folder }: { ids: readonly Id[]; folder: string },
  { database, stores }: Needs,
): Promise<Id[]> {
  const rows = await database.query<{ id: Id }>(
    `update media.files set folder = $3, version = version + 1
     where store_id = $1 and id = any($2::bigint[]) returning id`,
    [stores.current().id, ids, folderOf(folder)],
  );
  return rows.map(({ id }) => id).sort((left, right) => left - right);
}
