const KB = 1024;
const MB = 1024 * KB;

/** What one theme may be. The largest public themes have some 400 files and 6 MB. */
export const THEME_LIMITS = {
  /** Bytes of an archive as it comes. */
  archive: 60 * MB,
  /** Bytes of all files, unpacked. */
  total: 100 * MB,
  /** Files of an archive, those that are no part of the theme too. */
  entries: 3000,
  /** Bytes of a Liquid or JSON file; what reads them takes time by their length. */
  text: 256 * KB,
  /** Bytes of all Liquid and JSON files, which are held in memory. */
  texts: 20 * MB,
  /** Bytes of an asset. */
  asset: 20 * MB,
  /** Times that a file may be larger than what was packed; text seldom goes past 20. */
  ratio: 200,
  /** Bytes below which the ratio does not matter: a file of blanks is no attack. */
  ratioFrom: MB,
} as const;
