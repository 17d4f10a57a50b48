import { articleDrop, blogDrop, contentPageDrop, policyDrop } from '../drops/content.ts';
import { imageOf } from '../drops/image.ts';
import { plainDrop } from '../drops/drop.ts';
import type { Spec } from './specs.ts';

export function contentPageSpec(handle: string): Spec {
  return {
    kind: 'page',
    name: 'page',
    async begin({ page, load }) {
      page.wants.want('contentPage', handle);
      await load();
      const found = page.wants.get('contentPage', handle);
      if (!found) return undefined;
      if (found.handle !== handle) return { moved: `/pages/${encodeURIComponent(found.handle)}` };
      const { title, description } = found.seo;
      return {
        subject: {
          page: contentPageDrop({ page, found }),
          handle,
          page_title: title || found.title,
          page_description: description || null,
        },
      };
    },
  };
}

/** A policy is shown as a page. */
export function policySpec(handle: string): Spec {
  return {
    kind: 'policy',
    name: 'page',
    async begin({ page, load }) {
      page.wants.want('policies', 'all');
      await load();
      const found = page.wants.get('policies', 'all')?.find((policy) => policy.handle === handle);
      if (!found) return undefined;
      const { title, body, url, id } = found;
      const shown = plainDrop({ id, title, content: body, handle, url }, { text: title });
      return { subject: { page: shown, policy: policyDrop(found), handle, page_title: title } };
    },
  };
}

export function blogSpec(handle: string): Spec {
  return {
    kind: 'blog',
    name: 'blog',
    async begin({ page, load }) {
      page.wants.want('blog', handle);
      await load();
      const blog = page.wants.get('blog', handle);
      if (!blog) return undefined;
      if (blog.handle !== handle) return { moved: `/blogs/${encodeURIComponent(blog.handle)}` };
      const { title, description } = blog.seo;
      return {
        subject: {
          blog: blogDrop({ page, blog }),
          handle,
          page_title: title || blog.title,
          page_description: description || null,
        },
      };
    },
  };
}

export function articleSpec(blogHandle: string, handle: string): Spec {
  return {
    kind: 'article',
    name: 'article',
    async begin({ page, load }) {
      const key = `${blogHandle}/${handle}`;
      page.wants.want('article', key);
      page.wants.want('blog', blogHandle);
      await load();
      const article = page.wants.get('article', key);
      if (!article) return undefined;
      if (article.handle !== handle || article.blogHandle !== blogHandle) {
        return {
          moved: `/blogs/${encodeURIComponent(article.blogHandle)}/${encodeURIComponent(article.handle)}`,
        };
      }
      const blog = page.wants.get('blog', blogHandle);
      const { title, description } = article.seo;
      return {
        subject: {
          article: articleDrop({ page, article }),
          blog: blog ? blogDrop({ page, blog }) : null,
          handle,
          page_title: title || article.title,
          page_description: description || null,
          page_image: imageOf(article.picture, { locale: page.locale, fallback: article.title }),
        },
      };
    },
  };
}
