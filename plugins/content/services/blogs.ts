import type { Content, Cradle } from 'kontor/sdk';
import { removeBlog, saveBlog } from '../actions/save-blog.ts';
import { readBlogs, shownBlog } from './blog-rows.ts';

const MOST = 250; // of a store

/** The part of the service that is about blogs. */
export function createBlogs(
  services: Cradle,
): Pick<Content, 'blogs' | 'blog' | 'createBlog' | 'updateBlog' | 'removeBlog'> {
  const locales = () => services.stores.current().locales;
  return {
    async blogs({ locale } = {}) {
      const where = `order by b.title, b.id limit ${MOST}`;
      const rows = await readBlogs(services, { name: 'all', where, values: [] });
      return rows.map((row) => shownBlog(row, { locale, locales: locales() }));
    },
    async blog(handle, { locale } = {}) {
      const where =
        'and b.id = (select h.blog_id from content.blog_handles h where h.store_id = $1 and h.handle = $3)';
      const [row] = await readBlogs(services, { name: 'by-handle', where, values: [handle] });
      return row && shownBlog(row, { locale, locales: locales() });
    },
    createBlog: (input) => saveBlog(services, { input }),
    updateBlog: (id, { version, ...input }) => saveBlog(services, { input, id, version }),
    removeBlog: (id) => removeBlog(services, id),
  };
}
