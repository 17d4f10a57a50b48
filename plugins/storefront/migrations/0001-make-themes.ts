import { defineMigration, referenceTable, tenantTable } from 'kontor/sdk';

const content = { words: 'text', bytes_of: 'bytea', bytes: 'integer not null' };
const oneOf = { one: '(words is null) <> (bytes_of is null)' };

export default defineMigration({
  up: [
    tenantTable('storefront.themes', {
      columns: {
        name: 'text not null',
        source: 'text not null',
        bundled: 'text',
        head: 'integer not null default 1',
        version: 'integer not null default 1',
        created_at: 'timestamptz not null',
        changed_at: 'timestamptz not null',
      },
      checks: { source: "source in ('zip', 'bundled', 'copy')" },
    }),
    // A version is never changed: files has the checksum of each file by its path.
    tenantTable('storefront.theme_versions', {
      columns: {
        theme_id: 'bigint not null',
        number: 'integer not null',
        files: 'jsonb not null',
        bytes: 'bigint not null',
        action: 'text not null',
        paths: "jsonb not null default '[]'",
        made_by: 'text not null',
        made_at: 'timestamptz not null',
      },
      key: ['theme_id', 'number'],
      references: { theme: { columns: ['theme_id'], to: 'storefront.themes', onDelete: 'cascade' } },
    }),
    tenantTable('storefront.theme_contents', {
      columns: { hash: 'text not null', ...content, used_at: 'timestamptz not null' },
      key: ['hash'],
      checks: oneOf,
    }),
    tenantTable('storefront.live_themes', {
      columns: {
        slot: 'text not null',
        theme_id: 'bigint not null',
        number: 'integer not null',
        publication_id: 'bigint not null',
      },
      key: ['slot'],
      references: {
        // No cascade: what visitors see cannot be removed.
        shown: {
          columns: ['theme_id', 'number'],
          to: 'storefront.theme_versions',
          toColumns: ['theme_id', 'number'],
        },
      },
      checks: { slot: "slot = 'live'" },
    }),
    tenantTable('storefront.theme_publications', {
      columns: {
        theme_id: 'bigint not null',
        number: 'integer not null',
        published_by: 'text not null',
        published_at: 'timestamptz not null',
      },
      indexes: { by_theme: ['theme_id', 'id'] },
    }),
    // Contents of the themes that come along; stores that have one share them.
    referenceTable('storefront.bundled_contents', {
      columns: { hash: 'text not null', ...content },
      key: ['hash'],
      checks: oneOf,
    }),
  ],
  down: [
    'drop table storefront.bundled_contents',
    'drop table storefront.theme_publications',
    'drop table storefront.live_themes',
    'drop table storefront.theme_contents',
    'drop table storefront.theme_versions',
    'drop table storefront.themes',
  ],
});
