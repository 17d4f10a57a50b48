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
  const locales = files.flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
  return new Map(
    await Promise.all(locales.map(async (locale) => [locale, await readMessages(locale)] as const)),
  );

  async function readMessages(locale: string): Promise<Map<string, string>> {
    const file = fileOf(locale);
    const complain = (what: string) => log.error({ plugin, file }, `${file} of plugin '${plugin}': ${what}`);
    const messages = new Map<string, string>();
    try {
      const content = JSON.parse(await readFile(join(folder, file), 'utf8')) as Record<string, unknown>;
      for (const [key, value] of Object.entries(content)) {
        if (typeof value === 'string') messages.set(key, value);
        else complain(`expected a text at '${key}', got ${JSON.stringify(value)}`);
      }
    } catch (error) {
      complain(`expected JSON of key to text: ${(error as Error).message}`);
    }
    return messages;
  }
}
