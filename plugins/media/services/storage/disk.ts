import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Cradle } from 'kontor/sdk';
import type { Storage } from './index.ts';

/** Contents as files on this machine's disk. Several nodes need a disk they share, or the other storage. */
export function createDiskStorage({ platform }: Pick<Cradle, 'platform'>): Storage {
  const placeOf = async (name: string) => join(await platform.folder(), 'files', name);

  return {
    async put(name, content) {
      const place = await placeOf(name);
      // Beside it first: whoever reads sees all of it or nothing.
      const beside = `${place}.${randomUUID()}`;
      await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      if (Buffer.isBuffer(content)) await writeFile(beside, content, { mode: 0o600 });
      else await copyFile(content.path, beside);
      await rename(beside, place);
    },

    async get(name, range) {
      const file = await open(await placeOf(name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
        throw error;
      });
      if (!file) return undefined;
      const { size } = await file.stat();
      const { start, end } = range ?? { start: 0, end: size - 1 };
      const body = createReadStream('', { fd: file, start, end: Math.max(end, 0) });
      return { body, bytes: Math.min(end, size - 1) - start + 1 };
    },

    removeAll: async (prefix) => rm(await placeOf(prefix), { recursive: true, force: true }),
  };
}
