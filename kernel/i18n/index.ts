import { IntlMessageFormat } from 'intl-messageformat';
import type { I18n } from 'kontor/sdk';
import { BoundedMap } from '../bounded-map.ts';
import { current } from '../context.ts';
import type { KernelLog, PluginFollower } from '../parts.ts';
import { fileOf, readLocales, type Catalogue } from './catalogue.ts';

const LAST_RESORT = 'en';
const COMPILED = 5000; // messages; about 2 kB each, more than four languages of thirty plugins use in a day

export type I18nPart = PluginFollower & { forPlugin(plugin: string): I18n };

/** Texts of plugins, as ICU messages from their `locales/{locale}.json`. */
export function createI18n({ log }: { log: KernelLog }): I18nPart {
  let catalogues: ReadonlyMap<string, Catalogue> = new Map();
  const compiled = new BoundedMap<string, IntlMessageFormat>(COMPILED);

  function text(
    plugin: string,
    key: string,
    values?: Record<string, string | number | Date>,
    locale?: string,
  ): string {
    const catalogue = catalogues.get(plugin);
    for (const language of languages(locale)) {
      const message = catalogue?.get(language)?.get(key);
      if (message === undefined) continue;
      try {
        return String(compile({ plugin, language, key, message }).format(values));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        log.error(
          { plugin, key, file: fileOf(language) },
          `the message '${key}' in ${fileOf(language)} of plugin '${plugin}' cannot be used: ${reason}`,
        );
      }
    }
    return key;
  }

  function compile(input: {
    plugin: string;
    language: string;
    key: string;
    message: string;
  }): IntlMessageFormat {
    const name = `${input.plugin} ${input.language} ${input.key}`;
    // A tag is text here: what a message says is escaped where it is shown, never parsed.
    const format =
      compiled.get(name) ??
      new IntlMessageFormat(input.message, input.language, undefined, { ignoreTag: true });
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
      text: (key, values, locale) => text(plugin, key, values, locale),
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
