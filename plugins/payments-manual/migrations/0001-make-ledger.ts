import { defineMigration, tenantTable } from 'kontor/sdk';

export default defineMigration({
  up: [
    tenantTable('payments_manual.charges', {
      columns: {
        reference: 'text not null',
        start: 'text not null',
        provider: 'text not null',
        method: 'text not null',
        state:
          "text not null check (state in ('needs_action', 'waiting', 'authorised', 'captured', 'failed', 'cancelled'))",
        amount: 'bigint not null',
        captured: 'bigint not null default 0',
        refunded: 'bigint not null default 0',
        currency: 'text not null',
        capture: "text not null check (capture in ('automatic', 'manual'))",
        fails_at_capture: 'boolean not null default false',
        error: 'text',
        return_url: 'text not null',
        created_at: 'timestamptz not null',
      },
      key: ['reference'],
      unique: { once: ['start'] },
      checks: { amounts: 'captured between 0 and amount and refunded between 0 and amount' },
    }),
    tenantTable('payments_manual.refunds', {
      columns: {
        key: 'text not null',
        charge: 'text not null',
        amount: 'bigint not null check (amount > 0)',
        made_at: 'timestamptz not null',
      },
      key: ['key'],
      references: {
        charge: { columns: ['charge'], to: 'payments_manual.charges', toColumns: ['reference'] },
      },
    }),
  ],
  down: ['drop table payments_manual.refunds', 'drop table payments_manual.charges'],
});
