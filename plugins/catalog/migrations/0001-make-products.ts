import { defineMigration, tenantTable } from 'kontor/sdk';

const product = {
  product: { columns: ['product_id'], to: 'catalog.products', onDelete: 'cascade' },
} as const;

/**
 * A product is one row, its `document` and `variants` being all that a page needs. What lists, carts and filters look for
 * lies beside it, ready, written in the same statement.
 */
export default defineMigration({
  up: [
    tenantTable('catalog.products', {
      columns: {
        version: 'integer not null default 1',
        changed_by: "text not null default ''",
        handle: 'text not null',
        state: 'text not null',
        publish_at: 'timestamptz',
        unpublish_at: 'timestamptz',
        document: 'jsonb not null',
        variants: 'jsonb not null',
        created_at: 'timestamptz not null',
        updated_at: 'timestamptz not null',
      },
      checks: { state: "state in ('draft', 'active', 'archived')" },
    }),
    tenantTable('catalog.variants', {
      columns: {
        product_id: 'bigint not null',
        sku: 'text not null',
        barcode: 'text not null',
        currency: 'text not null',
        amount: 'bigint not null',
        document: 'jsonb not null',
        picture: 'jsonb',
      },
      references: product,
      unique: { sku_once: { columns: ['sku'], where: "sku <> ''" } },
      indexes: {
        by_product: ['product_id'],
        by_barcode: { columns: ['barcode'], where: "barcode <> ''" },
      },
      checks: { amount: 'amount >= 0' },
    }),
    tenantTable('catalog.cards', {
      columns: {
        product_id: 'bigint not null',
        kind: 'text not null',
        tax_class: 'text not null',
        state: 'text not null',
        publish_at: 'timestamptz',
        unpublish_at: 'timestamptz',
        vendor: 'text not null',
        type: 'text not null',
        title_key: 'text not null',
        currency: 'text not null',
        min_amount: 'bigint not null',
        max_amount: 'bigint not null',
        created_at: 'timestamptz not null',
        updated_at: 'timestamptz not null',
        card: 'jsonb not null',
        texts: 'jsonb not null',
      },
      key: ['product_id'],
      references: product,
      indexes: {
        by_created: ['created_at', 'product_id'],
        by_updated: ['updated_at', 'product_id'],
        by_title: ['title_key', 'product_id'],
        by_price: ['min_amount', 'product_id'],
        by_state_created: ['state', 'created_at', 'product_id'],
        by_state_title: ['state', 'title_key', 'product_id'],
        by_state_price: ['state', 'min_amount', 'product_id'],
        by_vendor: ['vendor', 'created_at', 'product_id'],
        by_type: ['type', 'created_at', 'product_id'],
      },
    }),
    tenantTable('catalog.handles', {
      columns: {
        handle: 'text not null',
        product_id: 'bigint not null',
        is_current: 'boolean not null',
      },
      key: ['handle'],
      references: product,
      indexes: { by_product: ['product_id'] },
    }),
    tenantTable('catalog.tags', {
      columns: { tag: 'text not null', product_id: 'bigint not null' },
      key: ['tag', 'product_id'],
      references: product,
      indexes: { by_product: ['product_id'] },
    }),
    // Half of all rows that an import writes: whoever removes a product removes these, so that no key has to be asked.
    tenantTable('catalog.words', {
      columns: { word: 'text not null', product_id: 'bigint not null' },
      key: ['word', 'product_id'],
      indexes: { by_product: ['product_id', 'word'] },
    }),
    tenantTable('catalog.pictures', {
      columns: { media_id: 'bigint not null', product_id: 'bigint not null' },
      key: ['media_id', 'product_id'],
      references: product,
      indexes: { by_product: ['product_id'] },
    }),
    tenantTable('catalog.price_history', {
      columns: {
        variant_id: 'bigint not null',
        currency: 'text not null',
        amount: 'bigint not null',
        changed_at: 'timestamptz not null',
      },
      references: { variant: { columns: ['variant_id'], to: 'catalog.variants', onDelete: 'cascade' } },
      indexes: { by_variant: ['variant_id', 'currency', 'changed_at'] },
    }),
  ],
  down: [
    'drop table catalog.price_history',
    'drop table catalog.pictures',
    'drop table catalog.words',
    'drop table catalog.tags',
    'drop table catalog.handles',
    'drop table catalog.cards',
    'drop table catalog.variants',
    'drop table catalog.products',
  ],
});
