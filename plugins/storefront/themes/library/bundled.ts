import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BundledTheme, Cradle, ThemeTree } from 'kontor/sdk';
import { readSettingsSchema } from '../model/theme-settings.ts';
import { themeFilesOf, type ThemeFiles } from '../zip/theme-files.ts';
import { readFolder } from '../zip/read-folder.ts';
import { columnsOf, hashOf, inParts } from './contents.ts';

/** A theme of the platform, read from its folder. */
export type Bundled = Omit<BundledTheme, 'isLive'> & {
  readonly files: ThemeFiles;
  /** Checksums by path. */
  readonly hashes: Readonly<Record<string, string>>;
  readonly tree: ThemeTree;
};

const FOLDER = fileURLToPath(new URL('../../../../themes', import.meta.url));
const LAYOUT = 'layout/theme.liquid';
const FRESH = 1000; // ms that a folder is taken as it was, while somebody works on it
/**
 * Shown where a store has published nothing, the first that is there. None as long as no theme does all that the plain pages
 * do: the purchase in a browser decides.
 */
const SHOWN_UNASKED: readonly string[] = [];
const ASK = 'keep the files of the themes that come along, for stores that make one their own';

/**
 * The themes that come along, by name of their folder. They are read once in a process; in development again when a file has
 * changed.
 */
export function createBundled({ clock, platform }: Pick<Cradle, 'clock' | 'platform'>, folder = FOLDER) {
  let known: Promise<ReadonlyMap<string, Bundled>> | undefined;
  let signature = '';
  let lookedAt = 0;
  const kept = new Set<string>();

  async function all(): Promise<ReadonlyMap<string, Bundled>> {
    if (platform.mode === 'development') await forgetWhenChanged();
    known ??= readAll(folder);
    return known;
  }

  async function forgetWhenChanged(): Promise<void> {
    const now = clock.now().getTime();
    if (now - lookedAt < FRESH) return;
    lookedAt = now;
    const found = await signatureOf(folder);
    if (found !== signature) known = undefined;
    signature = found;
  }

  return {
    all,
    /** What a store shows that has published nothing; undefined: the plain pages. */
    async preferred(): Promise<Bundled | undefined> {
      const themes = await all();
      return SHOWN_UNASKED.map((key) => themes.get(key)).find((theme) => theme !== undefined);
    },
    /** Writes the contents of a theme down for all stores, once; each version of it stays. */
    async keep({ files, hashes, tree }: Bundled): Promise<void> {
      if (kept.has(tree.key)) return;
      const contents = new Map([...files].map(([path, content]) => [hashes[path]!, content]));
      await platform.asPlatform(ASK, async ({ query }) => {
        for (const part of inParts(contents)) {
          await query(
            `insert into storefront.bundled_contents (hash, words, bytes_of, bytes)
             select hash, words, bytes_of, bytes
             from unnest($1::text[], $2::text[], $3::bytea[], $4::integer[]) as c (hash, words, bytes_of, bytes)
             on conflict (hash) do nothing`,
            columnsOf(part),
          );
        }
      });
      kept.add(tree.key);
    },
  };
}

export type BundledThemes = ReturnType<typeof createBundled>;

async function readAll(folder: string): Promise<ReadonlyMap<string, Bundled>> {
  const themes = new Map<string, Bundled>();
  const names = await readdir(folder).catch(() => []);
  for (const key of names.toSorted()) {
    const hasLayout = await stat(join(folder, key, LAYOUT)).catch(() => undefined);
    if (!hasLayout) continue;
    const { files } = themeFilesOf(await readFolder(join(folder, key)));
    themes.set(key, bundledOf(key, files));
  }
  return themes;
}

function bundledOf(key: string, files: ThemeFiles): Bundled {
  const paths = [...files.keys()].toSorted();
  const hashes = Object.fromEntries(paths.map((path) => [path, hashOf(files.get(path)!)]));
  const schema = files.get('config/settings_schema.json');
  const { info } = readSettingsSchema(typeof schema === 'string' ? schema : undefined);
  const name = info.name || key;
  const textAt = (path: string) => {
    const content = files.get(path);
    return typeof content === 'string' ? content : undefined;
  };
  const tree: ThemeTree = {
    key: `bundled/${key}/${hashOf(JSON.stringify(hashes)).slice(0, 16)}`,
    ...{ themeId: null, name, number: 0, paths },
    has: (path) => files.has(path),
    hash: (path) => (Object.hasOwn(hashes, path) ? hashes[path] : undefined),
    text: textAt,
    content: async (path) => files.get(path),
  };
  return { key, name, version: info.version, author: info.author, files, hashes, tree };
}

async function signatureOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const times = await Promise.all(
    names.map(async (name) => {
      const { mtimeMs = 0, size = 0 } = (await stat(join(folder, name)).catch(() => undefined)) ?? {};
      return `${name} ${mtimeMs} ${size}`;
    }),
  );
  return hashOf(times.toSorted().join('\n'));
}
