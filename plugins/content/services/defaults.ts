import type { ContentTexts, Cradle, DefaultPageKey } from 'kontor/sdk';
import { DEFAULT_PAGES } from '../data/default-pages/index.ts';
import type { ContentSettings } from './fill-in.ts';
import type { PageRow } from './page-rows.ts';

/** A default in one language: what comes along, or what an admin wrote in place of it. */
export type DefaultText = {
  readonly key: DefaultPageKey;
  readonly locale: string;
  readonly title: string;
  readonly body: string;
  /** 0 for what comes along. */
  readonly version: number;
  readonly changedAt: Date | null;
  readonly changedBy: string;
};
export type Defaults = {
  /** As a page of the current store, with nothing filled in. No query when warm. */
  page(key: string): Promise<PageRow | undefined>;
  pages(): Promise<PageRow[]>;
};

export const DEFAULT_KEYS = Object.keys(DEFAULT_PAGES) as DefaultPageKey[];
const LOCALES = ['en', 'fr', 'de', 'lb'] as const;
/** When the texts that come along were last changed. */
const WRITTEN = new Date('2026-11-23T00:00:00Z');

export function isDefaultKey(text: string): text is DefaultPageKey {
  return Object.hasOwn(DEFAULT_PAGES, text);
}

/** Defaults of the platform for the stores. Changes of an admin are in a table that every store reads. */
export function createDefaults({
  database,
  settings,
  stores,
}: Pick<Cradle, 'database' | 'settings' | 'stores'>): Defaults {
  let kept: { revision: string; texts: Promise<DefaultText[]> } | undefined;

  async function written(): Promise<DefaultText[]> {
    const { defaultsRevision: revision } = await settings.get<ContentSettings>();
    if (revision === '') return [];
    if (kept?.revision === revision) return kept.texts;
    const texts = database.query<DefaultText>(READ_DEFAULTS);
    texts.catch(() => {
      kept = undefined;
    });
    kept = { revision, texts };
    return texts;
  }

  async function page(key: string): Promise<PageRow | undefined> {
    if (!isDefaultKey(key)) return undefined;
    const changes = (await written()).filter((one) => one.key === key);
    return asRow(textsOf(key, changes), stores.current());
  }

  return {
    page,
    pages: async () => (await Promise.all(DEFAULT_KEYS.map(page))).filter((row) => row !== undefined),
  };
}

export const READ_DEFAULTS = `select key, locale, title, body, version, changed_at as "changedAt", changed_by as "changedBy"
  from content.default_pages order by key, locale`;

/** A default in its four languages, with what an admin wrote. */
export function textsOf(key: DefaultPageKey, changes: readonly DefaultText[]): DefaultText[] {
  return LOCALES.map(
    (locale) =>
      changes.find((one) => one.locale === locale) ?? {
        ...{ key, locale, ...DEFAULT_PAGES[key][locale] },
        ...{ version: 0, changedAt: null, changedBy: '' },
      },
  );
}

/** The store's language first, else the first of its languages that there is a text in, else English. */
function asRow(
  texts: readonly DefaultText[],
  { locale, locales }: { locale: string; locales: readonly string[] },
): PageRow {
  const find = (language: string) => texts.find((one) => one.locale === language.split('-')[0]);
  const own = [locale, ...locales, 'en'].map(find).find((text) => text !== undefined)!;
  const translations: Record<string, ContentTexts> = Object.fromEntries(
    locales.flatMap((language) => {
      const text = find(language);
      return text && text !== own ? [[language, { title: text.title, body: text.body }]] : [];
    }),
  );
  const latest = texts.reduce(
    (time, { changedAt }) => (changedAt && changedAt > time ? changedAt : time),
    WRITTEN,
  );
  return {
    ...{ id: 0, version: 0, defaultKey: own.key, handle: own.key, title: own.title, body: own.body },
    template: own.key === 'contact' ? 'contact' : '', // themes have their form there
    ...{ seoTitle: '', seoDescription: '', author: '', isPublished: true, publishAt: null },
    ...{ translations, createdAt: WRITTEN, changedAt: latest, changedBy: '' },
  };
}
