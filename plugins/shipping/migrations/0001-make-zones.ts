import { defineMigration, tenantTable } from 'kontor/sdk';

const edited = {
  version: 'integer not null default 1',
  position: 'integer not null',
  is_active: 'boolean not null',
  updated_by: 'text not null',
  updated_at: 'timestamptz not null',
};

export default defineMigration({
  up: [
    tenantTable('shipping.zones', {
      columns: {
        name: 'text not null',
        countries: 'text[] not null',
        postal_codes: 'text[] not null',
        ...edited,
      },
      indexes: { by_position: ['position', 'id'] },
    }),
    tenantTable('shipping.rates', {
      columns: {
        zone_id: 'bigint not null',
        type: 'text not null',
        args: 'jsonb not null',
        title: 'text not null',
        description: 'text not null',
        translations: 'jsonb not null',
        currency: 'text not null',
        free_from: 'bigint',
        ...edited,
      },
      references: { zone: { columns: ['zone_id'], to: 'shipping.zones', onDelete: 'cascade' } },
      indexes: { by_zone: ['zone_id', 'position', 'id'] },
      checks: { free_from: 'free_from >= 0' },
    }),
  ],
  down: ['drop table shipping.rates', 'drop table shipping.zones'],
});
