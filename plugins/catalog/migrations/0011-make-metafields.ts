import { defineMigration, tenantTable } from 'kontor/sdk';

/** Fields and whole records that a store invents for itself. */
export default defineMigration({
  up: [
    tenantTable('catalog.metafield_definitions', {
      columns: {
        owner: 'text not null',
        namespace: 'text not null',
        key: 'text not null',
        type: 'text not null',
        name: 'text not null',
        description: "text not null default ''",
        validations: "jsonb not null default '{}'",
      },
      unique: { named_once: ['owner', 'namespace', 'key'] },
      checks: { owner: "owner in ('product', 'variant', 'collection')" },
    }),
    // One of the three owners is named, so that its removal takes the values along.
    tenantTable('catalog.metafields', {
      columns: {
        definition_id: 'bigint not null',
        owner_id: 'bigint not null',
        product_id: 'bigint',
        variant_id: 'bigint',
        collection_id: 'bigint',
        value: 'jsonb not null',
      },
      key: ['owner_id', 'definition_id'],
      references: {
        definition: {
          columns: ['definition_id'],
          to: 'catalog.metafield_definitions',
          onDelete: 'cascade',
        },
        product: { columns: ['product_id'], to: 'catalog.products', onDelete: 'cascade' },
        variant: { columns: ['variant_id'], to: 'catalog.variants', onDelete: 'cascade' },
        collection: { columns: ['collection_id'], to: 'catalog.collections', onDelete: 'cascade' },
      },
      indexes: {
        by_definition: ['definition_id', 'owner_id'],
        by_product: { columns: ['product_id'], where: 'product_id is not null' },
        by_variant: { columns: ['variant_id'], where: 'variant_id is not null' },
        by_collection: { columns: ['collection_id'], where: 'collection_id is not null' },
      },
      checks: {
        one_owner:
          'num_nonnulls(product_id, variant_id, collection_id) = 1 and owner_id = coalesce(product_id, variant_id, collection_id)',
      },
    }),
    tenantTable('catalog.metaobject_definitions', {
      columns: {
        type: 'text not null',
        name: 'text not null',
        fields: 'jsonb not null',
        version: 'integer not null default 1',
      },
      unique: { type_once: ['type'] },
    }),
    tenantTable('catalog.metaobjects', {
      columns: {
        definition_id: 'bigint not null',
        handle: 'text not null',
        fields: 'jsonb not null',
        version: 'integer not null default 1',
        changed_by: "text not null default ''",
        updated_at: 'timestamptz not null',
      },
      references: { definition: { columns: ['definition_id'], to: 'catalog.metaobject_definitions' } },
      unique: { handle_once: ['definition_id', 'handle'] },
    }),
  ],
  down: [
    'drop table catalog.metaobjects',
    'drop table catalog.metaobject_definitions',
    'drop table catalog.metafields',
    'drop table catalog.metafield_definitions',
  ],
});
