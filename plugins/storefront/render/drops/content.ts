import type { Article, ArticleComment, Blog, ContentPage, LiquidDrop, Policy } from 'kontor/sdk';
import { idKey } from '../data/wants.ts';
import type { Page } from '../page.ts';
import { defineDrop, lookupDrop, none } from './drop.ts';
import { imageOf } from './image.ts';
import { listDrop } from './list.ts';

type PageSelf = { readonly page: Page; readonly found: ContentPage };
type BlogSelf = { readonly page: Page; readonly blog: Blog };
type ArticleSelf = { readonly page: Page; readonly article: Article };

const noMetafields = () => lookupDrop(() => lookupDrop(none));

export const contentPageDrop = defineDrop<PageSelf>(
  'page',
  {
    id: ({ found }) => found.id ?? 0,
    title: ({ found }) => found.title,
    handle: ({ found }) => found.handle,
    content: ({ found }) => found.body,
    url: ({ found }) => `/pages/${encodeURIComponent(found.handle)}`,
    author: none,
    published_at: none,
    template_suffix: none,
    metafields: noMetafields,
  },
  { text: ({ found }) => found.title },
);

export const blogDrop = defineDrop<BlogSelf>(
  'blog',
  {
    id: ({ blog }) => blog.id,
    title: ({ blog }) => blog.title,
    handle: ({ blog }) => blog.handle,
    url: ({ blog }) => `/blogs/${encodeURIComponent(blog.handle)}`,
    articles: ({ page, blog }) =>
      listDrop(page, {
        key: `blog ${blog.id}`,
        part({ page: number, size }) {
          const asked = page.kind === 'blog' ? page.asked.query.get('tag') : null;
          const found = page.wants.get(
            'articles',
            JSON.stringify([blog.id, number, Math.min(size, 100), asked]),
          );
          return found
            ? {
                items: found.articles.map((article) => articleDrop({ page, article })),
                total: found.total,
                hasNext: number * size < found.total,
              }
            : undefined;
        },
      }),
    articles_count: ({ blog }) => blog.articleCount,
    all_tags: ({ blog }) => blog.tags,
    tags: ({ blog }) => blog.tags,
    'comments_enabled?': ({ blog }) => blog.comments !== 'off',
    'moderated?': ({ blog }) => blog.comments === 'moderated',
    next_article: none,
    previous_article: none,
    template_suffix: none,
    metafields: noMetafields,
  },
  { text: ({ blog }) => blog.title },
);

export const articleDrop = defineDrop<ArticleSelf>(
  'article',
  {
    id: ({ article }) => article.id,
    title: ({ article }) => article.title,
    handle: ({ article }) => `${article.blogHandle}/${article.handle}`,
    url: ({ article }) => urlOf(article),
    author: ({ article }) => article.author,
    content: ({ article }) => article.body,
    excerpt: ({ article }) => article.excerpt,
    excerpt_or_content: ({ article }) => article.excerpt || article.body,
    image: ({ page, article }) => imageOf(article.picture, { locale: page.locale, fallback: article.title }),
    tags: ({ article }) => article.tags,
    created_at: ({ article }) => article.createdAt,
    published_at: ({ article }) => article.publishedAt,
    updated_at: ({ article }) => article.changedAt,
    'comments_enabled?': ({ article }) => article.comments !== 'off',
    'moderated?': ({ article }) => article.comments === 'moderated',
    comments_count: ({ article }) => article.commentCount,
    comments: ({ page, article }) =>
      article.commentCount === 0
        ? []
        : page.wants
            .get('comments', idKey(article.id))
            ?.map((comment) => commentDrop({ comment, url: urlOf(article) })),
    comment_post_url: ({ article }) => `${urlOf(article)}/comments`,
    user: none,
    template_suffix: none,
    metafields: noMetafields,
  },
  { text: ({ article }) => article.title },
);

export const commentDrop = defineDrop<{ comment: ArticleComment; url: string }>('comment', {
  id: ({ comment }) => comment.id,
  /** Anybody may write one, and themes show it as it is. */
  author: ({ comment }) => comment.author.replace(/[<>]/g, ''),
  content: ({ comment }) => comment.html,
  created_at: ({ comment }) => comment.createdAt,
  updated_at: ({ comment }) => comment.createdAt,
  email: none,
  status: () => 'published',
  url: ({ comment, url }) => `${url}#comment-${comment.id}`,
});

export const policyDrop = defineDrop<Policy>(
  'policy',
  { id: ({ id }) => id, title: ({ title }) => title, body: ({ body }) => body, url: ({ url }) => url },
  { text: ({ title }) => title },
);

export function policiesOf({ wants }: Page): LiquidDrop[] | undefined {
  return wants.get('policies', 'all')?.map((policy) => policyDrop(policy));
}

export function policyOf({ wants }: Page, handle: string): LiquidDrop | null | undefined {
  const all = wants.get('policies', 'all');
  const found = all?.find((policy) => policy.handle === handle);
  return found ? policyDrop(found) : all && null;
}

const urlOf = ({ blogHandle, handle }: Article): string =>
  `/blogs/${encodeURIComponent(blogHandle)}/${encodeURIComponent(handle)}`;
