import type { Cradle, Id, ThemeTree } from 'kontor/sdk';
import { isTextPath } from '../model/paths.ts';
import { loadContents, loadTexts } from './contents.ts';
import { createLru } from './lru.ts';
import type { Files } from './rows.ts';

const MB = 1024 * 1024;
const TEXTS = 64 * MB; // some 40 themes without their shared files
const TREES = 128 * MB;
const ASSETS = 32 * MB; // pictures and fonts; browsers and what is in front of us keep them too

type Loaded = ThemeTree & { readonly size: number };

/**
 * Opens versions of themes. Texts of the same content are in memory once, whichever stores have them: a store gets at them by
 * the checksums of its own versions only.
 */
export function createTrees({ database, stores }: Pick<Cradle, 'database' | 'stores'>) {
  const texts = createLru<string>({ maxBytes: TEXTS, sizeOf: (text) => text.length });
  const trees = createLru<Loaded>({ maxBytes: TREES, sizeOf: ({ size }) => size });
  const assets = createLru<Buffer>({ maxBytes: ASSETS, sizeOf: (asset) => asset.length });

  /** undefined when the store has no such version. One or two queries when cold, none when warm. */
  async function open(themeId: Id, number: number): Promise<ThemeTree | undefined> {
    const { id: storeId } = stores.current();
    const key = `${storeId}/${themeId}/${number}`;
    const known = trees.get(key);
    if (known) return known;
    const [row] = await database.read<{ files: Files; name: string }>(
      'theme-version',
      `select v.files, t.name from storefront.theme_versions v
       join storefront.themes t on t.store_id = $1 and t.id = v.theme_id
       where v.store_id = $1 and v.theme_id = $2 and v.number = $3`,
      [storeId, themeId, number],
    );
    if (!row) return undefined;
    const tree = treeOf({ key, themeId, number, ...row }, await textsOf(row.files));
    trees.set(key, tree);
    return tree;
  }

  async function textsOf(files: Files): Promise<Map<string, string>> {
    const wanted = [
      ...new Set(Object.entries(files).flatMap(([path, hash]) => (isTextPath(path) ? hash : []))),
    ];
    const found = new Map(
      wanted.flatMap((hash) => {
        const text = texts.get(hash);
        return text === undefined ? [] : [[hash, text] as const];
      }),
    );
    const missing = wanted.filter((hash) => !found.has(hash));
    for (const [hash, text] of await loadTexts(missing, { database, stores })) {
      found.set(hash, text);
      texts.set(hash, text);
    }
    return found;
  }

  async function assetOf(hash: string): Promise<string | Buffer | undefined> {
    const known = assets.get(hash);
    if (known) return known;
    const content = (await loadContents([hash], { database, stores })).get(hash);
    if (Buffer.isBuffer(content)) assets.set(hash, content);
    return content;
  }

  function treeOf(
    version: { key: string; themeId: Id; number: number; name: string; files: Files },
    byHash: ReadonlyMap<string, string>,
  ): Loaded {
    const { files, ...named } = version;
    const hash = (path: string) => (Object.hasOwn(files, path) ? files[path] : undefined);
    const paths = Object.keys(files).toSorted();
    return {
      ...named,
      paths,
      size: [...byHash.values()].reduce((sum, text) => sum + text.length, paths.length * 100),
      has: (path) => hash(path) !== undefined,
      hash,
      text: (path) => byHash.get(hash(path) ?? ''),
      async content(path) {
        const wanted = hash(path);
        return wanted === undefined ? undefined : (byHash.get(wanted) ?? (await assetOf(wanted)));
      },
    };
  }

  return { open };
}

export type Trees = ReturnType<typeof createTrees>;
