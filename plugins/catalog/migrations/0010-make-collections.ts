import { defineMigration, tenantTable } from 'kontor/sdk';

/** Collections, their addresses in every language, and who is in them. */
export default defineMigration({
  up: [
    tenantTable('catalog.collections', {
      columns: {
        version: 'integer not null default 1',
        handle: 'text not null',
        title: 'text not null',
        description: "text not null default ''",
        picture: 'jsonb',
        is_published: 'boolean not null default false',
        sort: "text not null default 'position'",
        rules: "jsonb not null default '[]'",
        is_ruled: 'boolean not null default false',
        match: "text not null default 'all'",
        seo_title: "text not null default ''",
        seo_description: "text not null default ''",
        translations: "jsonb not null default '{}'",
        changed_by: "text not null default ''",
        created_at: 'timestamptz not null',
        updated_at: 'timestamptz not null',
      },
      indexes: { by_title: ['title', 'id'], ruled: { columns: ['id'], where: 'is_ruled' } },
      checks: { match: "match in ('all', 'any')" },
    }),
    tenantTable('catalog.collection_handles', {
      columns: { handle: 'text not null', collection_id: 'bigint not null', locale: 'text not null' },
      key: ['handle'],
      references: {
        collection: { columns: ['collection_id'], to: 'catalog.collections', onDelete: 'cascade' },
      },
      indexes: { by_collection: ['collection_id'] },
    }),
    tenantTable('catalog.collection_products', {
      columns: {
        collection_id: 'bigint not null',
        product_id: 'bigint not null',
        position: 'bigint not null',
        is_manual: 'boolean not null',
      },
      key: ['collection_id', 'product_id'],
      references: {
        collection: { columns: ['collection_id'], to: 'catalog.collections', onDelete: 'cascade' },
        product: { columns: ['product_id'], to: 'catalog.products', onDelete: 'cascade' },
      },
      indexes: {
        by_position: ['collection_id', 'position', 'product_id'],
        by_product: ['product_id', 'collection_id'],
      },
    }),
  ],
  down: [
    'drop table catalog.collection_products',
    'drop table catalog.collection_handles',
    'drop table catalog.collections',
  ],
});
