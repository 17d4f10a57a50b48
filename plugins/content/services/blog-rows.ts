import type { Blog, CommentPolicy, Cradle, Id } from 'kontor/sdk';
import { handlesIn } from './handles.ts';
import { textsIn } from './texts.ts';

/** A blog as its table has it, with what its visible articles say. */
export type BlogRow = {
  id: Id;
  version: number;
  handle: string;
  title: string;
  seoTitle: string;
  seoDescription: string;
  template: string;
  comments: CommentPolicy;
  translations: Blog['translations'];
  changedAt: Date;
  changedBy: string;
  articleCount: number;
  tags: string[];
};

/** Reads blogs; `where` stands behind `b.store_id = $1`, and `values` begin at $3; $2 is now. */
export function readBlogs(
  { clock, database, stores }: Pick<Cradle, 'clock' | 'database' | 'stores'>,
  { name, where, values }: { name: string; where: string; values: readonly unknown[] },
): Promise<BlogRow[]> {
  return database.read<BlogRow>(`blogs-${name}`, `${SELECT} ${where}`, [
    stores.current().id,
    clock.now(),
    ...values,
  ]);
}

// Of tags in several spellings the first by name is shown.
const SELECT = `
  select b.id, b.version, b.handle, b.title, b.seo_title as "seoTitle", b.seo_description as "seoDescription", b.template,
    b.comments, b.translations, b.changed_at as "changedAt", b.changed_by as "changedBy",
    (select count(*) from content.articles a where a.store_id = $1 and a.blog_id = b.id
      and a.is_published and a.published_at <= $2) as "articleCount",
    array(select min(t.tag) from content.articles a cross join unnest(a.tags, a.tag_keys) as t (tag, key)
      where a.store_id = $1 and a.blog_id = b.id and a.is_published and a.published_at <= $2
      group by t.key order by t.key limit 250) as tags
  from content.blogs b where b.store_id = $1`;

export function shownBlog(
  row: BlogRow,
  { locale, locales }: { locale?: string | undefined; locales: readonly string[] },
): Blog {
  const texts = textsIn(row.translations, locale);
  return {
    id: row.id,
    version: row.version,
    handle: texts?.handle || row.handle,
    handles: handlesIn(locales, row),
    title: texts?.title || row.title,
    seo: {
      title: texts?.seo?.title || row.seoTitle,
      description: texts?.seo?.description || row.seoDescription,
    },
    template: row.template,
    comments: row.comments,
    tags: row.tags,
    articleCount: row.articleCount,
    translations: row.translations,
    changedAt: row.changedAt,
  };
}
