import { defineMigration, referenceTable, tenantTable } from 'kontor/sdk';

const seo = { seo_title: "text not null default ''", seo_description: "text not null default ''" };
const changes = {
  created_at: 'timestamptz not null',
  changed_at: 'timestamptz not null',
  changed_by: "text not null default ''",
};
const publication = { is_published: 'boolean not null default false', publish_at: 'timestamptz' };
/** Pictures that its texts show, and the words it is found by. */
const ready = { media_ids: "bigint[] not null default '{}'", words: 'tsvector not null' };
const head = {
  version: 'integer not null default 1',
  handle: 'text not null',
  title: 'text not null',
  ...seo,
  template: "text not null default ''",
  translations: "jsonb not null default '{}'",
  ...changes,
};

/** Pages and articles with the addresses they have and had, blogs, comments, menus, redirects, messages, defaults. */
export default defineMigration({
  up: [
    tenantTable('content.pages', {
      columns: {
        ...head,
        default_key: 'text',
        body: "text not null default ''",
        author: "text not null default ''",
        ...publication,
        ...ready,
      },
      unique: { once_a_default: { columns: ['default_key'], where: 'default_key is not null' } },
      indexes: {
        by_title: ['title', 'id'],
        by_words: { columns: ['words'], using: 'gin' },
        by_media: { columns: ['media_ids'], using: 'gin' },
      },
    }),
    tenantTable('content.page_handles', {
      columns: { handle: 'text not null', page_id: 'bigint not null', is_current: 'boolean not null' },
      key: ['handle'],
      references: { page: { columns: ['page_id'], to: 'content.pages', onDelete: 'cascade' } },
      indexes: { by_page: ['page_id'] },
    }),
    tenantTable('content.blogs', {
      columns: { ...head, comments: "text not null default 'off'" },
      indexes: { by_title: ['title', 'id'] },
      checks: { comments: "comments in ('off', 'moderated', 'auto')" },
    }),
    tenantTable('content.blog_handles', {
      columns: { handle: 'text not null', blog_id: 'bigint not null', is_current: 'boolean not null' },
      key: ['handle'],
      references: { blog: { columns: ['blog_id'], to: 'content.blogs', onDelete: 'cascade' } },
      indexes: { by_blog: ['blog_id'] },
    }),
    // published_at is publish_at where there is one, else when it was first published: what lists are sorted by.
    tenantTable('content.articles', {
      columns: {
        ...head,
        blog_id: 'bigint not null',
        body: "text not null default ''",
        excerpt: "text not null default ''",
        author: "text not null default ''",
        tags: "text[] not null default '{}'",
        tag_keys: "text[] not null default '{}'",
        picture: 'jsonb',
        ...publication,
        published_at: 'timestamptz not null',
        ...ready,
      },
      references: { blog: { columns: ['blog_id'], to: 'content.blogs', onDelete: 'cascade' } },
      indexes: {
        by_time: ['published_at', 'id'],
        by_blog: ['blog_id', 'published_at', 'id'],
        by_change: ['changed_at', 'id'],
        by_words: { columns: ['words'], using: 'gin' },
        by_media: { columns: ['media_ids'], using: 'gin' },
      },
    }),
    tenantTable('content.article_handles', {
      columns: {
        blog_id: 'bigint not null',
        handle: 'text not null',
        article_id: 'bigint not null',
        is_current: 'boolean not null',
      },
      key: ['blog_id', 'handle'],
      references: {
        blog: { columns: ['blog_id'], to: 'content.blogs', onDelete: 'cascade' },
        article: { columns: ['article_id'], to: 'content.articles', onDelete: 'cascade' },
      },
      indexes: { by_article: ['article_id'] },
    }),
    // origin is a hash of address and day: it counts, and leads to nobody.
    tenantTable('content.comments', {
      columns: {
        article_id: 'bigint not null',
        author: 'text not null',
        email: 'text not null',
        text: 'text not null',
        state: 'text not null',
        origin: 'text not null',
        created_at: 'timestamptz not null',
      },
      references: { article: { columns: ['article_id'], to: 'content.articles', onDelete: 'cascade' } },
      indexes: {
        by_article: ['article_id', 'created_at', 'id'],
        by_state: ['state', 'id'],
        by_origin: ['origin', 'created_at'],
      },
      checks: { state: "state in ('pending', 'approved', 'spam')" },
    }),
    tenantTable('content.menus', {
      columns: {
        version: 'integer not null default 1',
        handle: 'text not null',
        title: 'text not null',
        titles: "jsonb not null default '{}'",
        items: "jsonb not null default '[]'",
        ...changes,
      },
      unique: { by_handle: ['handle'] },
    }),
    tenantTable('content.redirects', {
      columns: { from_path: 'text not null', target: 'text not null', created_at: 'timestamptz not null' },
      unique: { by_path: ['from_path'] },
    }),
    tenantTable('content.messages', {
      columns: {
        name: 'text not null',
        email: 'text not null',
        phone: 'text not null',
        text: 'text not null',
        fields: "jsonb not null default '{}'",
        locale: 'text not null',
        is_read: 'boolean not null default false',
        origin: 'text not null',
        created_at: 'timestamptz not null',
      },
      indexes: {
        by_time: ['created_at', 'id'],
        by_origin: ['origin', 'created_at'],
        unread: { columns: ['id'], where: 'not is_read' },
      },
    }),
    // What an admin wrote in place of a default that comes along.
    referenceTable('content.default_pages', {
      columns: {
        key: 'text not null',
        locale: 'text not null',
        title: 'text not null',
        body: 'text not null',
        version: 'integer not null default 1',
        changed_at: 'timestamptz not null',
        changed_by: 'text not null',
      },
      key: ['key', 'locale'],
    }),
  ],
  down: [
    'drop table content.default_pages',
    'drop table content.messages',
    'drop table content.redirects',
    'drop table content.menus',
    'drop table content.comments',
    'drop table content.article_handles',
    'drop table content.articles',
    'drop table content.blog_handles',
    'drop table content.blogs',
    'drop table content.page_handles',
    'drop table content.pages',
  ],
});
