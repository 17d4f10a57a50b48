import {
  type BundledTheme,
  type Cradle,
  type Id,
  ok,
  refused,
  type Result,
  type Theme,
  type ThemeVersion,
} from 'kontor/sdk';
import type { BundledThemes } from './bundled.ts';
import { addTheme, type Installed } from './install.ts';
import { LIVE, shownVersion, THEME, VERSION, type VersionRow } from './rows.ts';
import { totalOf } from './take-in.ts';
import { themeWithHead, versionOf } from './versions.ts';

type Needs = Pick<Cradle, 'clock' | 'database' | 'features' | 'stores'>;

const MOST = 200; // themes of a store; its limit is far below

export async function listThemes(
  { bundled }: { bundled: BundledThemes },
  { database, stores }: Needs,
): Promise<{ items: Theme[]; bundled: BundledTheme[] }> {
  const items = await database.query<Theme>(
    `select ${THEME} from storefront.themes t ${LIVE} where t.store_id = $1 order by t.id desc limit ${MOST}`,
    [stores.current().id],
  );
  const hasOwn = items.some(({ live }) => live !== null);
  const preferred = await bundled.preferred();
  const shown = [...(await bundled.all()).values()].map(({ key, name, version, author }) => {
    return { key, name, version, author, isLive: !hasOwn && key === preferred?.key };
  });
  return { items, bundled: shown };
}

export async function findTheme(id: Id, { database, stores }: Needs): Promise<Theme | undefined> {
  const [theme] = await database.query<Theme>(
    `select ${THEME} from storefront.themes t ${LIVE} where t.store_id = $1 and t.id = $2`,
    [stores.current().id, id],
  );
  return theme;
}

/** Makes a theme of the platform the store's own; its files are shared until they are changed. */
export async function addBundledTheme(
  { key, name, bundled }: { key: string; name?: string; bundled: BundledThemes },
  services: Needs,
): Promise<Result<Installed, 'notFound' | 'limitReached'>> {
  const theme = (await bundled.all()).get(key);
  if (!theme) return refused('notFound');
  await bundled.keep(theme);
  const { hashes: files, files: contents } = theme;
  const bytes = totalOf(contents);
  const report = { errors: [], warnings: [], files: contents.size, bytes, ignored: [] };
  const made = await services.database.transaction(() =>
    addTheme(
      { name: name ?? theme.name, source: 'bundled', bundled: key, files, bytes, contents: new Map() },
      services,
    ),
  );
  return made.ok ? ok({ theme: made.value, report }) : made;
}

/** A theme of its own with the same files, which are kept once. @param number - the newest version when left out */
export async function duplicateTheme(
  { id, number, name }: { id: Id; number?: number; name?: string },
  services: Needs,
): Promise<Result<Theme, 'notFound' | 'limitReached'>> {
  return services.database.transaction(async () => {
    const found = await themeWithHead({ id }, services);
    const version = number === undefined ? found?.head : await versionOf({ id, number }, services);
    if (!found || !version) return refused('notFound');
    const { theme } = found;
    const { files, bytes } = version;
    return addTheme(
      {
        name: name ?? `${theme.name} (2)`,
        source: 'copy',
        bundled: theme.bundled,
        files,
        bytes,
        contents: new Map(),
      },
      services,
    );
  });
}

/** @param version - what it was changed from */
export async function renameTheme(
  { id, name, version }: { id: Id; name: string; version: number },
  services: Needs,
): Promise<Result<Theme, 'notFound' | 'changed'>> {
  const { clock, database, stores } = services;
  const { id: storeId } = stores.current();
  const rows = await database.query(
    `update storefront.themes set name = $4, version = version + 1, changed_at = $5
     where store_id = $1 and id = $2 and version = $3 returning id`,
    [storeId, id, version, name, clock.now()],
  );
  const theme = await findTheme(id, services);
  if (!theme) return refused('notFound');
  return rows.length > 0 ? ok(theme) : refused('changed', { version: theme.version });
}

/** Removes a theme with its history. What visitors see stays. */
export async function removeTheme(
  id: Id,
  { database, features, stores }: Needs,
): Promise<Result<undefined, 'notFound' | 'isLive'>> {
  const { id: storeId } = stores.current();
  return database.transaction(async () => {
    const [theme] = await database.query<{ live: number | null }>(
      `select l.number as live from storefront.themes t ${LIVE} where t.store_id = $1 and t.id = $2 for update of t`,
      [storeId, id],
    );
    if (!theme) return refused('notFound');
    if (theme.live !== null) return refused('isLive');
    await database.query('delete from storefront.themes where store_id = $1 and id = $2', [storeId, id]);
    await features.release('storefront.themes');
    return ok();
  });
}

/** The history of a theme, the newest first. @param before - number of the last one that was seen */
export async function listVersions(
  { theme, before, limit }: { theme: Theme; before?: number; limit: number },
  { database, stores }: Needs,
): Promise<{ items: ThemeVersion[]; next: string | null }> {
  const rows = await database.query<VersionRow>(
    `select ${VERSION} from storefront.theme_versions v
     where v.store_id = $1 and v.theme_id = $2 and ($3::integer is null or v.number < $3)
     order by v.number desc limit $4`,
    [stores.current().id, theme.id, before ?? null, limit + 1],
  );
  const items = rows.slice(0, limit).map((row) => shownVersion(row, theme.live));
  return { items, next: rows.length > limit ? String(items.at(-1)!.number) : null };
}
