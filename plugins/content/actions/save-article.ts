import {
  type Article,
  type ArticleInput,
  type ContentTexts,
  type Cradle,
  type Id,
  ok,
  type PageRefusal,
  type Picture,
  refused,
  type Result,
} from 'kontor/sdk';
import { type ArticleRow, readArticles, shownArticle } from '../services/article-rows.ts';
import { articleHandles, freeHandles, writeHandles } from '../services/handles.ts';
import { takeTurn } from '../services/kept.ts';
import { sanitise } from '../services/sanitise.ts';
import { searchWords } from '../services/search-words.ts';
import { shownPictures } from '../services/shown-pictures.ts';
import { tidyTags } from '../services/tags.ts';
import { line } from '../services/texts.ts';
import { DESCRIPTION, tidyTranslations } from '../services/translations.ts';
import { staleness, writeRow } from '../services/write-row.ts';
import { findBlog } from './save-blog.ts';

type Input = Partial<ArticleInput> & { blogId?: Id };
type Wish = { input: Input; id?: Id; version?: number | undefined };
type Saved = Result<Article, PageRefusal | 'unknownBlog' | 'unknownPicture'>;

/** Makes an article, or changes one: what is left out stays. In another blog, its old address leads to the new one. */
export async function saveArticle(services: Cradle, { input, id, version }: Wish): Promise<Saved> {
  const { clock, database, events, stores } = services;
  return database.transaction(async () => {
    await takeTurn(services);
    const before = id === undefined ? undefined : await findArticle(services, id);
    if (id !== undefined && !before) return refused('notFound', { articleId: id });
    const stale = before && staleness(before, version);
    if (stale) return stale;
    const blogId = input.blogId ?? before?.blogId;
    if (blogId === undefined || (input.blogId !== undefined && !(await findBlog(services, blogId))))
      return refused('unknownBlog', { blogId });
    const picture = await pictureOf(services, input, before);
    if (picture === undefined) return refused('unknownPicture', { pictureId: input.pictureId });
    const next = merged(input, { before, now: clock.now() });
    const handles = await freeHandles(services, articleHandles(blogId), {
      ...{ id, handle: next.handle || next.title, translations: next.translations },
      isChosen: input.handle !== undefined,
    });
    if ('taken' in handles) return refused('handleTaken', { handle: handles.taken });

    const { title, body, excerpt, translations } = next;
    const texts = Object.values(translations);
    const bodies = [body, excerpt, ...texts.flatMap((text) => [text.body, text.excerpt])];
    const { tags, keys } = tidyTags(input.tags ?? before?.tags ?? []);
    const inBodies = await shownPictures(services, bodies);
    const articleId = await writeRow(services, {
      table: 'content.articles',
      id,
      values: {
        ...{ blog_id: blogId, handle: handles[0], title, body, excerpt, translations, picture },
        ...{ seo_title: next.seoTitle, seo_description: next.seoDescription },
        ...{ template: next.template, author: next.author, tags, tag_keys: keys },
        ...{ is_published: next.isPublished, publish_at: next.publishAt, published_at: next.publishedAt },
        media_ids: [...new Set([...(picture ? [picture.mediaId] : []), ...inBodies])],
        words: searchWords([title, ...texts.map((text) => text.title), ...tags, ...bodies]),
      },
    });
    await writeHandles(services, articleHandles(blogId), { id: articleId, handles });
    if (before && before.blogId !== blogId) await leaveBlog(services, { articleId, blogId: before.blogId });
    await events.emit('content.article_saved', { articleId, blogId }, { entity: `article:${articleId}` });
    const row = await findArticle(services, articleId);
    return ok(shownArticle(row!, { locales: stores.current().locales, now: clock.now() }));
  });
}

export async function removeArticle(services: Cradle, id: Id): Promise<Result<undefined, 'notFound'>> {
  const { database, events, stores } = services;
  return database.transaction(async () => {
    const [gone] = await database.query<{ blogId: Id }>(
      'delete from content.articles where store_id = $1 and id = $2 returning blog_id as "blogId"',
      [stores.current().id, id],
    );
    if (!gone) return refused('notFound', { articleId: id });
    await takeTurn(services);
    const payload = { articleId: id, blogId: gone.blogId };
    await events.emit('content.article_saved', payload, { entity: `article:${id}` });
    return ok();
  });
}

/** An article in any state, as it is written. */
export async function findArticle(services: Cradle, id: Id): Promise<ArticleRow | undefined> {
  const [row] = await readArticles(services, { name: 'by-id', where: 'and a.id = $2', values: [id] });
  return row;
}

/** undefined when the store has no such picture. */
async function pictureOf(
  { media }: Pick<Cradle, 'media'>,
  { pictureId }: Input,
  before: ArticleRow | undefined,
): Promise<Picture | null | undefined> {
  if (pictureId === undefined) return before?.picture ?? null;
  if (pictureId === null) return null;
  return (await media?.pictures([pictureId]))?.[0];
}

type Next = Pick<
  ArticleRow,
  | 'handle'
  | 'title'
  | 'body'
  | 'excerpt'
  | 'author'
  | 'seoTitle'
  | 'seoDescription'
  | 'template'
  | 'isPublished'
  | 'publishAt'
  | 'publishedAt'
  | 'translations'
>;

function merged(input: Input, { before, now }: { before: ArticleRow | undefined; now: Date }): Next {
  const text = (name: 'body' | 'excerpt') =>
    input[name] === undefined ? (before?.[name] ?? '') : sanitise(input[name]);
  const translations: Record<string, ContentTexts> = input.translations
    ? tidyTranslations(input.translations)
    : (before?.translations ?? {});
  const { seo = {} } = input;
  const isPublished = input.isPublished ?? before?.isPublished ?? false;
  const publishAt = input.publishAt === undefined ? (before?.publishAt ?? null) : input.publishAt;
  const since = before && (before.isPublished || !isPublished) ? before.publishedAt : now;
  return {
    ...{ handle: input.handle ?? before?.handle ?? '', translations, isPublished, publishAt },
    title: input.title === undefined ? (before?.title ?? '') : line(input.title),
    body: text('body'),
    excerpt: text('excerpt'),
    author: input.author === undefined ? (before?.author ?? '') : line(input.author),
    seoTitle: seo.title === undefined ? (before?.seoTitle ?? '') : line(seo.title),
    seoDescription:
      seo.description === undefined ? (before?.seoDescription ?? '') : line(seo.description, DESCRIPTION),
    template: input.template ?? before?.template ?? '',
    publishedAt: publishAt ?? (before?.publishAt && input.publishAt === null ? now : since),
  };
}

async function leaveBlog(
  { database, stores }: Cradle,
  { articleId, blogId }: { articleId: Id; blogId: Id },
): Promise<void> {
  await database.query(
    'update content.article_handles set is_current = false where store_id = $1 and blog_id = $2 and article_id = $3',
    [stores.current().id, blogId, articleId],
  );
}
