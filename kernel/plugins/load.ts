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

/** Imports a plugin's code, and holds it against what its manifest promises. */
export async function definitionOf({ manifest, folder }: Found): Promise<PluginDefinition> {
  const entry = manifest.entry ?? (existsSync(join(folder, 'index.ts')) ? 'index.ts' : 'index.js');
  const file = join(folder, entry);
  await giveSdk();
  const { default: definition }: { default?: PluginDefinition } = await import(
    pathToFileURL(file).href
  ).catch((error) => {
    throw explained(error, manifest.id);
  });
  if (typeof definition !== 'object') {
    const wanted = `expected \`export default definePlugin({ ... })\` in ${shown(file)}`;
    throw new errors.KERNEL_ERR_PLUGIN_SET_UP(manifest.id, `${wanted}, got ${typeof definition}`);
  }
  const wrong = disagreements(manifest, definition);
  if (wrong.length > 0) throw new errors.KERNEL_ERR_PLUGIN_SET_UP(manifest.id, wrong.join('. '));
  return definition;
}

/** Node says what it cannot read, though often neither in which file nor what to write instead. */
function explained(error: Error & { code?: string }, plugin: string): Error {
  const place = /^(?:file:\/\/)?(.+:\d+)\n/.exec(error.stack ?? '')?.[1];
  const hint = HINTS.find(([pattern]) => pattern.test(`${error.code} ${error.message}`))?.[1];
  if (!hint) return error;
  const where = place ? `${place}: ` : '';
  return new errors.KERNEL_ERR_PLUGIN_SET_UP(plugin, `${where}${error.message}; ${hint}`, { cause: error });
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/UNSUPPORTED_TYPESCRIPT/, 'types are taken out as they stand: no enum, namespace or parameter property'],
  [/does not provide an export/, 'if it is a type, write `import type`'],
  [/MODULE_NOT_FOUND .*[/\\][^/\\.]+' imported/, 'a relative import ends in .ts or .js'],
];

/** Lets plugins outside this package import `kontor/sdk`; a module is loaded once, however often it is asked for. */
async function giveSdk(): Promise<void> {
  await import(new URL('../../sdk/register.js', import.meta.url).href);
}
