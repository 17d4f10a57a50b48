import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
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

const judge = createJudge();

/** The places of this repository and of whoever installed it as a package. */
export function ownPlaces(): Omit<Places, 'folders'> {
  const root = join(import.meta.dirname, '../..');
  const modules = new Set([join(root, 'node_modules'), join(process.cwd(), 'node_modules')]);
  return { bundled: join(root, 'plugins'), modules: [...modules] };
}

/**
 * Reads the manifests of every place, bundled first; no plugin code runs.
 *
 * @returns what can be a plugin, and what cannot and why; of two with one id the second is set aside
 */
export async function discover(places: Places) {
  const found = new Map<string, Found>();
  const setAside: { id: string; reason: string }[] = [];
  for (const { file, source } of await manifestFiles(places)) {
    const folder = dirname(file);
    const text = await readFile(file, 'utf8');
    const verdict = judge(shown(file), text);
    if ('faults' in verdict) {
      // The id that a bad manifest meant to have, so that a report can name it.
      const id = /"id"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? basename(folder);
      setAside.push({ id, reason: verdict.faults.join('. ') });
      continue;
    }
    const { manifest } = verdict;
    const first = found.get(manifest.id);
    if (first) {
      const where = `${shown(first.folder)} and ${shown(folder)}`;
      const reason = `Two plugins are called '${manifest.id}': ${where}; the first one counts`;
      setAside.push({ id: manifest.id, reason });
    } else {
      found.set(manifest.id, { manifest, folder, source });
    }
  }
  return { found: [...found.values()].sort(byId), setAside };
}

export function byId(a: Pick<Found, 'manifest'>, b: Pick<Found, 'manifest'>): number {
  return a.manifest.id < b.manifest.id ? -1 : 1;
}

/** A path as people know it: from the working folder when it lies there. */
export function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' ? '.' : near.startsWith('..') ? path : near;
}

async function manifestFiles({ bundled, modules, folders }: Places) {
  const under = async (source: Found['source'], cwd: string, patterns: string[]) => {
    // Packages under development are links to their folders.
    const files: string[] = [];
    for await (const file of glob(patterns, { cwd, followSymlinks: true })) files.push(join(cwd, file));
    return files.sort().map((file) => ({ source, file }));
  };
  const each = ['*/plugin.json'];
  const files = await Promise.all([
    under('bundled', bundled, each),
    ...modules.map((folder) => under('package', folder, [...each, '@*/*/plugin.json'])),
    ...folders.map((folder) =>
      under('folder', folder, existsSync(join(folder, 'plugin.json')) ? ['plugin.json'] : each),
    ),
  ]);
  return files.flat();
}
