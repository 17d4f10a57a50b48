import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KernelLog } from '../parts.ts';

/** Locale to key to message, of one plugin. */
export type Catalogue = ReadonlyMap<string, ReadonlyMap<string, string>>;

export function fileOf(locale: string): string {
  return `locales/${locale}.json`;
}

/** Reads what a plugin says in each language. A file or a key that is wrong is named in the log and left out. */
export async function readLocales(folder: string, plugin: string, log: KernelLog): Promise<Catalogue> {
  const files = await readdir(join(folder, 'locales')).catch(() => []); // a plugin that says nothing has no such folder
  const locales = files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));
  const read = locales.map(async (locale) => [locale, await readMessages(locale)] as const);
  return new Map(await Promise.all(read));

  async function readMessages(locale: string): Promise<Map<string, string>> {
    const complain = (what: string) =>
      log.error({ plugin, file: fileOf(locale) }, `${fileOf(locale)} of plugin '${plugin}': ${what}`);
    try {
      const content: unknown = JSON.parse(await readFile(join(folder, fileOf(locale)), 'utf8'));
      const entries = Object.entries(content as Record<string, unknown>);
      for (const [key, value] of entries)
        if (typeof value !== 'string') complain(`expected a text at '${key}', got ${JSON.stringify(value)}`);
      return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
    } catch (error) {
      complain(`expected JSON of key to text: ${(error as Error).message}`);
      return new Map();
    }
  }
}

/**
 * Keys that another language has and this one lacks, for the contract over every plugin.
 *
 * @returns only languages that lack something, e.g. `{ lb: ['notes.empty'] }`
 */
export function missingKeys(catalogue: Catalogue, locales: readonly string[]): Record<string, string[]> {
  const every = new Set([...catalogue.values()].flatMap((messages) => [...messages.keys()]));
  const lacks = locales.map(
    (locale) => [locale, [...every].filter((key) => !catalogue.get(locale)?.has(key)).sort()] as const,
  );
  return Object.fromEntries(lacks.filter(([, keys]) => keys.length > 0));
}
