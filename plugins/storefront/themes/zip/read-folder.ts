import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { RawFile } from './read-zip.ts';

const LEFT_OUT = ['node_modules', '.git'];

/** The files of a folder with their paths in it, sorted. Links are not followed. */
export async function readFolder(folder: string): Promise<RawFile[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = names
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .filter((path) => !path.split(sep).some((part) => LEFT_OUT.includes(part)))
    .toSorted();
  return Promise.all(
    paths.map(async (path) => ({
      path: path.replaceAll(sep, '/'),
      content: await readFile(join(folder, path)),
    })),
  );
}
