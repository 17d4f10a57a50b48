import { LRUCache } from 'lru-cache';
import { IntlMessageFormat } from 'intl-messageformat';
import type { I18n } from 'kontor/sdk';
import { current } from '../context.ts';
import type { KernelLog, PluginFollower } from '../parts.ts';
import { fileOf, readLocales, type Catalogue } from './catalogue.ts';

const LAST_RESORT = 'en';
const COMPILED = 5000; // messages; about 2 kB each, more than four languages of thirty plugins use in a day

export type I18nPart = PluginFollower & { forPlugin(plugin: string): I18n };

/** Texts of plugins, as ICU messages from their `locales/{locale}.json`. */
export function createI18n({ log }: { log: KernelLog }): I18nPart {
  let catalogues: ReadonlyMap<string, Catalogue> = new Map();
  const compiled = new LRUCache<string, IntlMessageFormat>({ max: COMPILED });

  function compile(name: string, message: string, language: string): IntlMessageFormat {
    // A tag is text here: what a message says is escaped where it is shown, never parsed.
    const format =
      compiled.get(name) ?? new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
    compiled.set(name, format);
    return format;
  }

  return {
    name: 'i18n',
    async follow(plugins) {
      const read = plugins.map(
        async ({ manifest, folder }) => [manifest.id, await readLocales(folder, manifest.id, log)] as const,
      );
      catalogues = new Map(await Promise.all(read));
      compiled.clear();
    },
    forPlugin: (plugin) => ({
      text(key, values, locale) {
        for (const language of languages(locale)) {
          const message = catalogues.get(plugin)?.get(language)?.get(key);
          if (message === undefined) continue;
          try {
            return String(compile(`${plugin} ${language} ${key}`, message, language).format(values));
          } catch (error) {
            const file = fileOf(language);
            const fault = `the message '${key}' in ${file} of plugin '${plugin}' cannot be used`;
            log.error({ plugin, key, file }, `${fault}: ${(error as Error).message}`);
          }
        }
        return key;
      },
      get locales() {
        return [...(catalogues.get(plugin)?.keys() ?? [])].sort();
      },
    }),
  };
}

/** What was asked for, else the store's own language, else English; `fr-LU` is tried as `fr` too. */
function languages(asked: string | undefined): Set<string> {
  const { locale, store } = current();
  const wanted = [asked ?? locale, store?.ref.locale, LAST_RESORT].filter((tag) => tag !== undefined);
  return new Set(wanted.flatMap((tag) => [tag, tag.split('-')[0]!]));
}
