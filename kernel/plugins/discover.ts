import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Manifest } from 'kontor/sdk';
import type { LoadedPlugin } from '../parts.ts';
import { createJudge } from './judge.ts';

/** Where plugins are looked for. */
export type Places = {
  /** The folder of bundled plugins. */
  bundled: string;
  /** `node_modules` folders; a package with a `plugin.json` beside its `package.json` is a plugin. */
  modules: readonly string[];
  /** Each a plugin folder, or a folder of them. */
  folders: readonly string[];
};

/** A plugin on disk, judged by its data alone. */
export type Found = Pick<LoadedPlugin, 'manifest' | 'folder' | 'source'>;
/** What was found but cannot be a plugin, and why. */
export type SetAside = { id: string; folder: string; reason: string };

type Spot = { folder: string; source: Found['source']; text: string };

/** Reads the manifests of every place, bundled first. Of two with one id the second is set aside. No plugin code runs. */
export async function discover(places: Places): Promise<{ found: Found[]; setAside: SetAside[] }> {
  const judge = createJudge();
  const found = new Map<string, Found>();
  const setAside: SetAside[] = [];
  for (const { folder, source, text } of await allSpots(places)) {
    const file = join(shown(folder), 'plugin.json');
    const verdict = judge(file, text);
    const id = 'manifest' in verdict ? verdict.manifest.id : idIn(text, folder);
    const first = found.get(id);
    if ('faults' in verdict) {
      setAside.push({ id, folder, reason: verdict.faults.join('. ') });
    } else if (first) {
      const where = `${shown(first.folder)} and ${shown(folder)}`;
      setAside.push({ id, folder, reason: `Two plugins are called '${id}': ${where}; the first one counts` });
    } else {
      found.set(id, { manifest: verdict.manifest satisfies Manifest, folder, source });
    }
  }
  return { found: [...found.values()].sort((a, b) => (a.manifest.id < b.manifest.id ? -1 : 1)), setAside };
}

/** A path as people know it: from the working folder when it lies there. */
export function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' ? '.' : near.startsWith('..') ? path : near;
}

async function allSpots(places: Places): Promise<Spot[]> {
  const bundled = await spotsUnder(places.bundled, 'bundled');
  const packages = await Promise.all(places.modules.map(packageSpots));
  const extra = await Promise.all(
    places.folders.map(async (folder) => {
      const itself = await spotAt(folder, 'folder');
      return itself ? [itself] : spotsUnder(folder, 'folder');
    }),
  );
  return [bundled, ...packages, ...extra].flat();
}

async function packageSpots(modules: string): Promise<Spot[]> {
  const names = await folderNames(modules);
  const scopes = names
    .filter((name) => name.startsWith('@'))
    .map((scope) => packageSpots(join(modules, scope)));
  const spots = names
    .filter((name) => !/^[@.]/.test(name))
    .map((name) => spotAt(join(modules, name), 'package'));
  const packages = (await Promise.all(spots)).filter((spot) => spot !== undefined);
  return [...packages, ...(await Promise.all(scopes)).flat()];
}

async function spotsUnder(parent: string, source: Found['source']): Promise<Spot[]> {
  const names = (await folderNames(parent)).filter((name) => !name.startsWith('.'));
  const spots = await Promise.all(names.map((name) => spotAt(join(parent, name), source)));
  return spots.filter((spot) => spot !== undefined);
}

async function spotAt(folder: string, source: Found['source']): Promise<Spot | undefined> {
  const text = await readFile(join(folder, 'plugin.json'), 'utf8').catch(nothingThere);
  return text === undefined ? undefined : { folder, source, text };
}

async function folderNames(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(nothingThere))?.sort() ?? [];
}

function nothingThere(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    return undefined;
  }
  throw error;
}

/** The id a bad manifest meant to have, so that a report can name it. */
function idIn(text: string, folder: string): string {
  return /"id"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? folder.split(/[\\/]/).at(-1)!;
}
