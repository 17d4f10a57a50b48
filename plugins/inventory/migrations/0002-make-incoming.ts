import { defineMigration, tenantTable } from 'kontor/sdk';

/** Goods that a supplier sends. */
export default defineMigration({
  up: [
    tenantTable('inventory.incoming', {
      columns: {
        version: 'integer not null default 1',
        state: "text not null default 'open'",
        location_id: 'bigint not null',
        supplier: "text not null default ''",
        number: "text not null default ''",
        note: "text not null default ''",
        expected_on: 'date',
        created_at: 'timestamptz not null',
        closed_at: 'timestamptz',
        changed_at: 'timestamptz not null',
        changed_by: 'text not null',
      },
      indexes: {
        by_state: ['state', 'id'],
        open_at: { columns: ['location_id'], where: "state = 'open'" },
      },
      checks: { state: "state in ('open', 'received', 'cancelled')" },
    }),
    tenantTable('inventory.incoming_lines', {
      columns: {
        incoming_id: 'bigint not null',
        variant_id: 'bigint not null',
        expected: 'bigint not null',
        received: 'bigint not null default 0',
      },
      key: ['incoming_id', 'variant_id'],
      indexes: { by_variant: ['variant_id', 'incoming_id'] },
      references: { incoming: { columns: ['incoming_id'], to: 'inventory.incoming', onDelete: 'cascade' } },
      checks: { expected: 'expected > 0', received: 'received >= 0' },
    }),
  ],
  down: ['drop table inventory.incoming_lines', 'drop table inventory.incoming'],
});
