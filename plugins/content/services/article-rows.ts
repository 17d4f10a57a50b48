import type { Article, Blog, CommentPolicy, ContentTexts, Cradle, Id, Picture } from 'kontor/sdk';
import { type Facts, fillIn } from './fill-in.ts';
import { isVisible } from './page-rows.ts';
import { textsIn } from './texts.ts';

/** An article as its table has it, with what its blog says. */
export type ArticleRow = {
  id: Id;
  version: number;
  blogId: Id;
  blogHandle: string;
  blogTitle: string;
  blogTranslations: Blog['translations'];
  comments: CommentPolicy;
  handle: string;
  title: string;
  body: string;
  excerpt: string;
  author: string;
  tags: string[];
  picture: Picture | null;
  seoTitle: string;
  seoDescription: string;
  template: string;
  isPublished: boolean;
  publishAt: Date | null;
  publishedAt: Date;
  /** The database's own text of it: a Date would lose its microseconds. */
  position: string;
  commentCount: number;
  translations: Record<string, ContentTexts>;
  createdAt: Date;
  changedAt: Date;
  changedBy: string;
};

/** Reads articles; `where` stands behind `a.store_id = $1`, and `values` begin at $2. */
export function readArticles(
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
  {
    name,
    where,
    values,
    isWithBody = true,
  }: { name: string; where: string; values: readonly unknown[]; isWithBody?: boolean },
): Promise<ArticleRow[]> {
  const body = isWithBody ? BODY : NO_BODY;
  return database.read<ArticleRow>(
    `articles-${name}${isWithBody ? '' : '-brief'}`,
    `select ${body}, ${COLUMNS} from content.articles a
     join content.blogs b on b.store_id = $1 and b.id = a.blog_id where a.store_id = $1 ${where}`,
    [stores.current().id, ...values],
  );
}

const BODY = 'a.body, a.translations';
/** Bodies are long, in every language: lists leave them in the database. */
const NO_BODY = `'' as body, (select coalesce(jsonb_object_agg(t.key, t.value - 'body'), '{}')
  from jsonb_each(a.translations) as t) as translations`;
const COLUMNS = `a.id, a.version, a.blog_id as "blogId", b.handle as "blogHandle", b.title as "blogTitle",
  b.translations as "blogTranslations", b.comments, a.handle, a.title, a.excerpt, a.author, a.tags, a.picture,
  a.seo_title as "seoTitle", a.seo_description as "seoDescription", a.template, a.is_published as "isPublished",
  a.publish_at as "publishAt", a.published_at as "publishedAt", a.published_at::text as position,
  (select count(*) from content.comments c where c.store_id = $1 and c.article_id = a.id and c.state = 'approved') as "commentCount",
  a.created_at as "createdAt", a.changed_at as "changedAt", a.changed_by as "changedBy"`;

export function shownArticle(
  row: ArticleRow,
  {
    locale,
    locales,
    now,
    facts,
  }: { locale?: string | undefined; locales: readonly string[]; now: Date; facts?: Facts },
): Article {
  const texts = textsIn(row.translations, locale);
  const blog = textsIn(row.blogTranslations, locale);
  const body = texts?.body || row.body;
  return {
    id: row.id,
    version: row.version,
    blogId: row.blogId,
    blogHandle: blog?.handle || row.blogHandle,
    blogTitle: blog?.title || row.blogTitle,
    comments: row.comments,
    handle: texts?.handle || row.handle,
    handles: Object.fromEntries(locales.map((language) => [language, handlesOf(row, language)])),
    title: texts?.title || row.title,
    body: facts ? fillIn(body, facts) : body,
    excerpt: texts?.excerpt || row.excerpt,
    author: row.author,
    tags: row.tags,
    picture: row.picture,
    seo: {
      title: texts?.seo?.title || row.seoTitle,
      description: texts?.seo?.description || row.seoDescription,
    },
    template: row.template,
    isPublished: row.isPublished,
    publishAt: row.publishAt,
    publishedAt: row.publishedAt,
    isVisible: isVisible(row, now),
    commentCount: row.commentCount,
    translations: row.translations,
    createdAt: row.createdAt,
    changedAt: row.changedAt,
    changedBy: row.changedBy,
  };
}

function handlesOf(row: ArticleRow, language: string): { blog: string; article: string } {
  return {
    blog: row.blogTranslations[language]?.handle || row.blogHandle,
    article: row.translations[language]?.handle || row.handle,
  };
}
