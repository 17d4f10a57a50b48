import type { Id, Theme, ThemeVersion } from 'kontor/sdk';

/** A theme as the database has it, with what is live. */
export type ThemeRow = Theme;

/** To be selected from `storefront.themes t` with `LIVE` joined. */
export const THEME = `t.id, t.name, t.source, t.bundled, t.head, l.number as live, t.version,
  t.created_at as "createdAt", t.changed_at as "changedAt"`;
export const LIVE = `left join storefront.live_themes l on l.store_id = $1 and l.slot = 'live' and l.theme_id = t.id`;

/** Checksums of the files of a version, by path. */
export type Files = Readonly<Record<string, string>>;

export type VersionRow = Omit<ThemeVersion, 'files' | 'isLive'> & {
  readonly themeId: Id;
  readonly files: Files;
};

/** To be selected from `storefront.theme_versions v`. */
export const VERSION = `v.theme_id as "themeId", v.number, v.files, v.bytes, v.action, v.paths, v.made_by as "madeBy",
  v.made_at as "madeAt"`;

/** A version as people see it. */
export function shownVersion({ themeId: _, files, ...row }: VersionRow, live: number | null): ThemeVersion {
  return { ...row, files: Object.keys(files).length, isLive: row.number === live };
}
