import { actorName, type Cradle, type Id, type Theme, type ThemeVersion } from 'kontor/sdk';
import { type Files, LIVE, shownVersion, THEME, VERSION, type VersionRow } from './rows.ts';

type Needs = Pick<Cradle, 'clock' | 'database' | 'stores'>;

const MOST_PATHS = 50; // names of files in the history

/** A theme with the files of its newest version. @param lock - until the transaction ends, for a change */
export async function themeWithHead(
  { id, lock = false }: { id: Id; lock?: boolean },
  { database, stores }: Pick<Needs, 'database' | 'stores'>,
): Promise<{ theme: Theme; head: VersionRow } | undefined> {
  // The lock is a statement of its own: behind it, the newest version is what whoever had it before has made.
  if (lock) {
    await database.query('select id from storefront.themes where store_id = $1 and id = $2 for update', [
      stores.current().id,
      id,
    ]);
  }
  const [row] = await database.query<Theme & { headRow: VersionRow }>(
    `select ${THEME}, to_jsonb(v) as "headRow"
     from storefront.themes t ${LIVE}
       join lateral (
         select ${VERSION} from storefront.theme_versions v
         where v.store_id = $1 and v.theme_id = t.id and v.number = t.head
       ) v on true
     where t.store_id = $1 and t.id = $2`,
    [stores.current().id, id],
  );
  if (!row) return undefined;
  const { headRow, ...theme } = row;
  return { theme, head: { ...headRow, madeAt: new Date(headRow.madeAt) } }; // JSON knows no times
}

/** One version with the checksums of its files. */
export async function versionOf(
  { id, number }: { id: Id; number: number },
  { database, stores }: Pick<Needs, 'database' | 'stores'>,
): Promise<VersionRow | undefined> {
  const [row] = await database.query<VersionRow>(
    `select ${VERSION} from storefront.theme_versions v
     where v.store_id = $1 and v.theme_id = $2 and v.number = $3`,
    [stores.current().id, id, number],
  );
  return row;
}

/** Adds a version and makes it the newest; the caller has locked the theme, or just made it. */
export async function addVersion(
  input: {
    theme: Pick<Theme, 'id' | 'live'>;
    number: number;
    files: Files;
    bytes: number;
    action: ThemeVersion['action'];
    paths: readonly string[];
  },
  { clock, database, stores }: Needs,
): Promise<ThemeVersion> {
  const { theme, number, files, bytes, action, paths } = input;
  const [row] = await database.query<VersionRow>(
    `with made as (
       insert into storefront.theme_versions as v
         (store_id, theme_id, number, files, bytes, action, paths, made_by, made_at)
       values ($1, $2, $3, $4::jsonb, $5, $6, $7::jsonb, $8, $9) returning ${VERSION}
     ), moved as (
       update storefront.themes set head = $3, changed_at = $9 where store_id = $1 and id = $2 returning id
     ) select made.* from made, moved`,
    [
      ...[stores.current().id, theme.id, number, JSON.stringify(files), bytes, action],
      ...[JSON.stringify(paths.slice(0, MOST_PATHS)), actorName(stores.actor()), clock.now()],
    ],
  );
  return shownVersion(row!, theme.live);
}

/** Bytes that the files of a version take, by what is known of their contents. */
export async function bytesOf(
  files: Files,
  { database, stores }: Pick<Needs, 'database' | 'stores'>,
): Promise<number> {
  const [row] = await database.query<{ bytes: number }>(
    `select coalesce(sum(c.bytes), 0)::bigint as bytes
     from unnest($2::text[]) as f (hash) join lateral (
       select bytes from storefront.theme_contents where store_id = $1 and hash = f.hash
       union all select bytes from storefront.bundled_contents where hash = f.hash limit 1
     ) c on true`,
    [stores.current().id, Object.values(files)],
  );
  return row!.bytes;
}
