import { type Article, type Content, type Cradle, type Id, readCursor, writeCursor } from 'kontor/sdk';
import { removeArticle, saveArticle } from '../actions/save-article.ts';
import { type ArticleRow, readArticles, shownArticle } from './article-rows.ts';
import { look } from './pages.ts';
import { tagKey } from './tags.ts';

type Parts = Pick<
  Content,
  | 'articles'
  | 'countArticles'
  | 'article'
  | 'articlesById'
  | 'neighbours'
  | 'createArticle'
  | 'updateArticle'
  | 'removeArticle'
>;
type Query = Parameters<Content['articles']>[0];

const VISIBLE = 'a.is_published and a.published_at <= $2';
const MOST_SKIPPED = 10_000;

/** The part of the service that is about articles. */
export function createArticles(services: Cradle): Parts {
  const { clock, database, stores } = services;

  async function shown(rows: readonly ArticleRow[], locale?: string): Promise<Article[]> {
    const seen = await look(services, locale);
    return rows.map((row) => shownArticle(row, seen));
  }

  return {
    articles: (query) => pageOfArticles(services, query),
    async countArticles({ blogId, tag }) {
      const [row] = await database.read<{ count: number }>(
        'count-articles',
        `select count(*) as count from content.articles a where a.store_id = $1 and ${VISIBLE}
           and ($3::bigint is null or a.blog_id = $3) and ($4::text is null or a.tag_keys @> array[$4])`,
        [stores.current().id, clock.now(), blogId ?? null, tag === undefined ? null : tagKey(tag)],
      );
      return row!.count;
    },
    async article(blogHandle, handle, { locale } = {}) {
      const rows = await readArticles(services, {
        name: 'by-handle',
        where: `and ${VISIBLE} and a.id = (select h.article_id from content.article_handles h
          where h.store_id = $1 and h.handle = $4 and h.blog_id = (
            select o.blog_id from content.blog_handles o where o.store_id = $1 and o.handle = $3))`,
        values: [clock.now(), blogHandle, handle],
      });
      return (await shown(rows, locale))[0];
    },
    async articlesById(ids, { locale } = {}) {
      const where = `and ${VISIBLE} and a.id = any($3) limit 500`;
      return shown(
        await readArticles(services, { name: 'by-ids', where, values: [clock.now(), ids] }),
        locale,
      );
    },
    async neighbours({ id, blogId, publishedAt }, { locale } = {}) {
      const beside = (sign: '<' | '>', order: 'asc' | 'desc') =>
        `(select n.id from content.articles n where n.store_id = $1 and n.blog_id = $3 and n.is_published
          and n.published_at <= $2 and n.id <> $5 and (n.published_at, n.id) ${sign} ($4, $5)
          order by n.published_at ${order}, n.id ${order} limit 1)`;
      const rows = await readArticles(services, {
        name: 'beside',
        where: `and a.id in (${beside('<', 'desc')}, ${beside('>', 'asc')})`,
        values: [clock.now(), blogId, publishedAt, id],
        isWithBody: false,
      });
      const isBefore = (one: Article) =>
        one.publishedAt < publishedAt || (one.publishedAt.getTime() === publishedAt.getTime() && one.id < id);
      const both = await shown(rows, locale);
      return { previous: both.find(isBefore) ?? null, next: both.find((one) => !isBefore(one)) ?? null };
    },
    createArticle: (input) => saveArticle(services, { input }),
    updateArticle: (id, { version, ...input }) => saveArticle(services, { input, id, version }),
    removeArticle: (id: Id) => removeArticle(services, id),
  };

  async function pageOfArticles(all: Cradle, query: Query): ReturnType<Content['articles']> {
    const { locale, blogId, tag, skip = 0, isWithBody = false } = query;
    const limit = Math.min(Math.max(query.limit ?? 12, 1), 100);
    const after = readCursor(query.cursor, { isTime: true });
    const rows = await readArticles(all, {
      name: after ? 'after' : 'first',
      where: `and ${VISIBLE} and ($3::bigint is null or a.blog_id = $3) and ($4::text is null or a.tag_keys @> array[$4])
        ${after ? 'and (a.published_at, a.id) < ($7::timestamptz, $8)' : ''}
        order by a.published_at desc, a.id desc limit $5 offset $6`,
      values: [
        ...[clock.now(), blogId ?? null, tag === undefined ? null : tagKey(tag), limit + 1],
        ...[Math.min(Math.max(skip, 0), MOST_SKIPPED), ...(after ? [after.value, after.id] : [])],
      ],
      isWithBody,
    });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      articles: await shown(rows.slice(0, limit), locale),
      next: last ? writeCursor({ value: last.position, id: last.id }) : null,
    };
  }
}
