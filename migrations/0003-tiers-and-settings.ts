import { defineMigration, localTable, referenceTable, tenantTable } from 'kontor/sdk';

export default defineMigration({
  up: [
    // Reference, not local: a store is read together with these in one statement, on a distributed database too.
    referenceTable('kernel.tier_values', {
      columns: {
        tier: 'text not null constraint tier_values_tier references kernel.tiers (code)',
        code: 'text not null',
        value: 'jsonb not null',
      },
      key: ['tier', 'code'],
    }),
    referenceTable('kernel.merchant_overrides', {
      columns: {
        merchant_id:
          'bigint not null constraint merchant_overrides_merchant references kernel.merchants (id)',
        code: 'text not null',
        value: 'jsonb not null',
      },
      key: ['merchant_id', 'code'],
    }),
    tenantTable('kernel.usage', {
      columns: { code: 'text not null', period: 'text not null', used: 'bigint not null' },
      key: ['code', 'period'],
      checks: { not_negative: 'used >= 0' },
    }),
    tenantTable('kernel.store_settings', {
      columns: { plugin: 'text not null', values: 'jsonb not null' },
      key: ['plugin'],
    }),
    localTable('kernel.platform_settings', {
      columns: { plugin: 'text not null', values: 'jsonb not null' },
      key: ['plugin'],
    }),
  ],
  down: [
    'drop table kernel.platform_settings',
    'drop table kernel.store_settings',
    'drop table kernel.usage',
    'drop table kernel.merchant_overrides',
    'drop table kernel.tier_values',
  ],
});
