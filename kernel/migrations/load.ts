import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Migration } from 'kontor/sdk';
import type { NamedMigration } from '../parts.ts';

/**
 * Reads the migrations of a folder in the order of their numbers; none when the folder is not there.
 *
 * @throws TypeError when a file is not named `0001-what-it-does.ts`, or has no migration as default export
 */
export async function loadMigrations(folder: string): Promise<NamedMigration[]> {
  const files = (await readdir(folder).catch(() => [])).filter((file) => /\.(ts|js)$/.test(file)).sort();
  return Promise.all(
    files.map(async (file) => {
      const name = /^(\d{4}-[a-z0-9-]+)\.(ts|js)$/.exec(file)?.[1];
      if (!name)
        throw new TypeError(`Expected a migration named like 0001-make-notes.ts, got ${join(folder, file)}`);
      const { default: migration } = (await import(pathToFileURL(join(folder, file)).href)) as {
        default?: Migration;
      };
      if (!migration?.up || !migration.down) {
        throw new TypeError(
          `Expected ${join(folder, file)} to export defineMigration({ up, down }) as default`,
        );
      }
      return { name, migration };
    }),
  );
}
