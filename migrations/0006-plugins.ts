import { defineMigration, localTable, tenantTable } from 'kontor/sdk';

/** Which plugins an installation knows, and where they are on. */
export default defineMigration({
  up: [
    localTable('kernel.plugins', {
      columns: {
        id: 'text not null',
        version: 'text not null',
        state: 'text not null',
        first_found: 'timestamptz not null',
        changed_at: 'timestamptz not null',
      },
      key: ['id'],
      checks: { state: "state in ('installed', 'enabled', 'disabled', 'archived')" },
    }),
    // No row means on: a tier or a store says only what differs.
    localTable('kernel.tier_plugins', {
      columns: { tier: 'text not null', plugin: 'text not null', is_on: 'boolean not null' },
      key: ['tier', 'plugin'],
    }),
    tenantTable('kernel.store_plugins', {
      columns: { plugin: 'text not null', is_on: 'boolean not null' },
      key: ['plugin'],
    }),
  ],
  down: ['drop table kernel.store_plugins, kernel.tier_plugins, kernel.plugins'],
});
