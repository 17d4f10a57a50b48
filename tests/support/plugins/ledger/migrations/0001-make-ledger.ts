import { defineMigration, tenantTable } from 'kontor/sdk';

export default defineMigration({
  up: [
    tenantTable('ledger.changes', { columns: { text: 'text not null' } }),
    tenantTable('ledger.effects', {
      columns: { kind: 'text not null', event: 'text not null' },
      unique: { once: ['kind', 'event'] },
    }),
  ],
  down: ['drop table ledger.effects', 'drop table ledger.changes'],
});
