import type { Load } from './load.ts';

/** Pages, blogs and articles of the plugin that keeps them; without it there are none. */
export async function loadContent({ wants, services: { content }, locale }: Load): Promise<void> {
  const pages = wants.take('contentPage');
  if (pages.length > 0) {
    const found = (await content?.pages({ handles: pages }, { locale })) ?? [];
    for (const handle of pages) {
      const page = found.find((one) => one.handle === handle || Object.values(one.handles).includes(handle));
      wants.put('contentPage', handle, page ?? null);
    }
  }
  const blogs = wants.take('blog');
  if (blogs.length === 1) wants.put('blog', blogs[0]!, (await content?.blog(blogs[0]!, { locale })) ?? null);
  else if (blogs.length > 1) {
    const all = (await content?.blogs({ locale })) ?? [];
    for (const handle of blogs) wants.put('blog', handle, all.find((one) => one.handle === handle) ?? null);
  }
  for (const key of wants.take('article')) {
    const [blog = '', handle = ''] = key.split('/', 2);
    wants.put('article', key, (await content?.article(blog, handle, { locale })) ?? null);
  }
  for (const key of wants.take('articles')) {
    const [blogId, page, size, tag] = JSON.parse(key) as [number, number, number, string | null];
    const query = { blogId, ...(tag !== null && { tag }) };
    const skip = (page - 1) * size;
    const [found, total] = await Promise.all([
      content?.articles({ ...query, locale, skip, limit: size, isWithBody: true }),
      content?.countArticles(query),
    ]);
    wants.put('articles', key, found ? { articles: found.articles, total: total ?? 0 } : null);
  }
  for (const key of wants.take('comments')) {
    wants.put('comments', key, (await content?.comments(Number(key), { limit: 100 }))?.comments ?? []);
  }
  if (wants.take('policies').length > 0)
    wants.put('policies', 'all', (await content?.policies({ locale })) ?? []);
}
