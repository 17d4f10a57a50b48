import {
  type Blog,
  type BlogInput,
  type Cradle,
  type Id,
  ok,
  type PageRefusal,
  refused,
  type Result,
} from 'kontor/sdk';
import { type BlogRow, readBlogs, shownBlog } from '../services/blog-rows.ts';
import { BLOG_HANDLES, freeHandles, writeHandles } from '../services/handles.ts';
import { takeTurn } from '../services/kept.ts';
import { line } from '../services/texts.ts';
import { DESCRIPTION, tidyTranslations } from '../services/translations.ts';
import { staleness, writeRow } from '../services/write-row.ts';

type Wish = { input: Partial<BlogInput>; id?: Id; version?: number | undefined };

/** Makes a blog, or changes one: what is left out stays. */
export async function saveBlog(
  services: Cradle,
  { input, id, version }: Wish,
): Promise<Result<Blog, PageRefusal>> {
  const { database, events, stores } = services;
  return database.transaction(async () => {
    await takeTurn(services);
    const before = id === undefined ? undefined : await findBlog(services, id);
    if (id !== undefined && !before) return refused('notFound', { blogId: id });
    const stale = before && staleness(before, version);
    if (stale) return stale;
    const title = input.title === undefined ? (before?.title ?? '') : line(input.title);
    const translations = input.translations
      ? tidyTranslations(input.translations)
      : (before?.translations ?? {});
    const handles = await freeHandles(services, BLOG_HANDLES, {
      ...{ id, handle: input.handle ?? before?.handle ?? title, translations },
      isChosen: input.handle !== undefined,
    });
    if ('taken' in handles) return refused('handleTaken', { handle: handles.taken });

    const { seo = {} } = input;
    const blogId = await writeRow(services, {
      table: 'content.blogs',
      id,
      values: {
        ...{ handle: handles[0], title, translations },
        seo_title: seo.title === undefined ? (before?.seoTitle ?? '') : line(seo.title),
        seo_description:
          seo.description === undefined ? (before?.seoDescription ?? '') : line(seo.description, DESCRIPTION),
        template: input.template ?? before?.template ?? '',
        comments: input.comments ?? before?.comments ?? 'off',
      },
    });
    await writeHandles(services, BLOG_HANDLES, { id: blogId, handles });
    await events.emit('content.blog_saved', { blogId }, { entity: `blog:${blogId}` });
    const row = await findBlog(services, blogId);
    return ok(shownBlog(row!, { locales: stores.current().locales }));
  });
}

/** Removes a blog with its articles and their comments. */
export async function removeBlog(services: Cradle, id: Id): Promise<Result<undefined, 'notFound'>> {
  const { database, events, stores } = services;
  return database.transaction(async () => {
    const gone = await database.query(
      'delete from content.blogs where store_id = $1 and id = $2 returning id',
      [stores.current().id, id],
    );
    if (gone.length === 0) return refused('notFound', { blogId: id });
    await takeTurn(services);
    await events.emit('content.blog_saved', { blogId: id }, { entity: `blog:${id}` });
    return ok();
  });
}

export async function findBlog(services: Cradle, id: Id): Promise<BlogRow | undefined> {
  const [row] = await readBlogs(services, { name: 'by-id', where: 'and b.id = $3', values: [id] });
  return row;
}
