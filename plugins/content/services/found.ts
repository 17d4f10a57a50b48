import type { Content, ContentEntry, Cradle, Id } from 'kontor/sdk';
import type { Defaults } from './defaults.ts';
import { searchQuery } from './search-words.ts';
import { textsIn } from './texts.ts';

type Row = {
  kind: ContentEntry['kind'];
  id: Id;
  title: string;
  handle: string;
  translations: Record<string, { title?: string; handle?: string }>;
  blog: { handle: string; translations: Record<string, { handle?: string }> } | null;
  changedAt: Date;
};

const TEXTS = (table: string) =>
  `${table}.title, ${table}.handle, (select coalesce(jsonb_object_agg(t.key, t.value - 'body' - 'excerpt'), '{}')
   from jsonb_each(${table}.translations) as t) as translations, ${table}.changed_at as "changedAt"`;
const PAGE = `select 'page' as kind, p.id, ${TEXTS('p')}, null::jsonb as blog`;
const BLOG = `select 'blog' as kind, b.id, ${TEXTS('b')}, null::jsonb as blog`;
const ARTICLE = `select 'article' as kind, a.id, ${TEXTS('a')},
  jsonb_build_object('handle', b.handle, 'translations', b.translations) as blog`;
const PAGES = `from content.pages p where p.store_id = $1 and p.is_published and (p.publish_at is null or p.publish_at <= $2)`;
const ARTICLES = `from content.articles a join content.blogs b on b.store_id = $1 and b.id = a.blog_id
  where a.store_id = $1 and a.is_published and a.published_at <= $2`;

/** The part of the service for those who search and list everything. */
export function createFound(
  { clock, database, stores }: Cradle,
  defaults: Defaults,
): Pick<Content, 'search' | 'entries'> {
  const shown = (rows: readonly Row[], locale?: string) =>
    rows.map((row) => shownEntry(row, { locale, locales: stores.current().locales }));

  return {
    async search(text, { locale, kinds = ['page', 'article'], limit = 10, skip = 0 } = {}) {
      const query = searchQuery(text);
      if (query === '') return { entries: [], count: 0 };
      const words = `to_tsquery('simple', $3)`;
      const found = (source: string, table: string) => `${source}, ts_rank(${table}.words, ${words}) as rank`;
      const parts = [
        ...(kinds.includes('page') ? [`${found(PAGE, 'p')} ${PAGES} and p.words @@ ${words}`] : []),
        ...(kinds.includes('article') ? [`${found(ARTICLE, 'a')} ${ARTICLES} and a.words @@ ${words}`] : []),
      ];
      const rows = await database.read<Row & { count: number }>(
        `search-${kinds.toSorted().join('-')}`,
        `select kind, id, title, handle, translations, blog, "changedAt", count(*) over () as count
         from (${parts.join(' union all ')}) as hits order by rank desc, kind, id limit $4 offset $5`,
        [
          ...[stores.current().id, clock.now(), query],
          ...[Math.min(Math.max(limit, 1), 100), Math.min(Math.max(skip, 0), 1000)],
        ],
      );
      return { entries: shown(rows, locale), count: rows[0]?.count ?? 0 };
    },

    async entries({ kind, after, limit: asked = 1000, locale }) {
      const limit = Math.min(Math.max(asked, 1), 5000);
      const sources = {
        page: `${PAGE} ${PAGES} and p.id > $3 order by p.id`,
        blog: `${BLOG} from content.blogs b where b.store_id = $1 and $2::timestamptz is not null and b.id > $3 order by b.id`,
        article: `${ARTICLE} ${ARTICLES} and a.id > $3 order by a.id`,
      };
      const values = [stores.current().id, clock.now(), after ?? 0, limit + 1];
      const rows = await database.read<Row>(`entries-${kind}`, `${sources[kind]} limit $4`, values);
      const entries = shown(rows.slice(0, limit), locale);
      const first = kind === 'page' && after === undefined ? await ownless(locale) : [];
      return {
        entries: [...first, ...entries],
        next: rows.length > limit ? rows[limit - 1]!.id : null,
      };
    },
  };

  /** Defaults that the store has not made its own. */
  async function ownless(locale?: string): Promise<ContentEntry[]> {
    const own = await database.read<{ handle: string }>(
      'taken-defaults',
      `select default_key as handle from content.pages where store_id = $1 and default_key is not null
       union select handle from content.page_handles where store_id = $1 and handle = any($2)`,
      [stores.current().id, (await defaults.pages()).map(({ handle }) => handle)],
    );
    const taken = new Set(own.map(({ handle }) => handle));
    const rows = (await defaults.pages()).filter(({ handle }) => !taken.has(handle));
    return shown(
      rows.map((row) => ({ ...row, kind: 'page' as const, blog: null })),
      locale,
    ).map((entry) => ({ ...entry, id: null }));
  }
}

function shownEntry(
  row: Row,
  { locale, locales }: { locale: string | undefined; locales: readonly string[] },
): ContentEntry {
  const { kind, id, title, changedAt } = row;
  return {
    ...{ kind, id, title: textsIn(row.translations, locale)?.title || title, path: pathOf(row, locale) },
    ...{ paths: Object.fromEntries(locales.map((language) => [language, pathOf(row, language)])), changedAt },
  };
}

function pathOf({ kind, handle, translations, blog }: Row, locale?: string): string {
  const own = textsIn(translations, locale)?.handle || handle;
  if (kind === 'page') return `/pages/${own}`;
  if (kind === 'blog') return `/blogs/${own}`;
  return `/blogs/${textsIn(blog!.translations, locale)?.handle || blog!.handle}/${own}`;
}
