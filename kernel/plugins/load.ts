import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PluginDefinition } from 'kontor/sdk';
import { loadMigrations } from '../migrations/load.ts';
import type { NamedMigration } from '../parts.ts';
import { disagreements } from './agree.ts';
import { type Found, shown } from './discover.ts';
import { errors } from './errors.ts';

/** The steps of a plugin's schema, `migrations/0001-make-notes.ts` first. */
export async function migrationsOf({ folder }: Pick<Found, 'folder'>): Promise<NamedMigration[]> {
  await giveSdk();
  return loadMigrations(join(folder, 'migrations'));
}

/** Imports a plugin's code, in bounded time, and holds it against what its manifest promises. */
export async function definitionOf(found: Found, limit: number): Promise<PluginDefinition> {
  const { id, entry } = found.manifest;
  const file = join(
    found.folder,
    entry ?? (existsSync(join(found.folder, 'index.ts')) ? 'index.ts' : 'index.js'),
  );
  await giveSdk();
  const module = await inTime(
    { limit, what: `loading ${shown(file)}` },
    () => import(pathToFileURL(file).href),
  );
  const definition: PluginDefinition | undefined = module.default;
  if (typeof definition !== 'object') {
    const wanted = 'expected `export default definePlugin({ ... })`';
    throw new errors.KERNEL_ERR_PLUGIN_SET_UP(id, `${wanted} in ${shown(file)}, got ${typeof definition}`);
  }
  const wrong = disagreements(found.manifest, definition);
  if (wrong.length > 0) {
    throw new errors.KERNEL_ERR_PLUGIN_SET_UP(id, wrong.join('. '));
  }
  return definition;
}

/** Waits for plugin code, but not for ever. Code that never gives the thread back cannot be stopped from here. */
export async function inTime<Value>(
  bounds: { limit: number; what: string },
  work: () => Value | Promise<Value>,
): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(
      new Error(
        `${bounds.what} did not end within ${bounds.limit} ms; it waits for something that never comes`,
      ),
    );
  }, bounds.limit);
  try {
    return await Promise.race([work(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Lets plugins outside this package import `kontor/sdk`; a module is loaded once, however often it is asked for. */
async function giveSdk(): Promise<void> {
  await import(new URL('../../sdk/register.js', import.meta.url).href);
}
