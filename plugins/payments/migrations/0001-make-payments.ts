import { defineMigration, tenantTable } from 'kontor/sdk';

export default defineMigration({
  up: [
    tenantTable('payments.payments', {
      columns: {
        provider: 'text not null',
        method: 'text not null',
        reference: 'text not null',
        provider_reference: 'text',
        account: 'text',
        state: "text not null default 'started'",
        // One open payment for what it pays; a replaced one is open no more, whatever its state.
        is_open: 'boolean not null default true',
        is_later: 'boolean not null',
        is_test: 'boolean not null',
        amount: 'bigint not null',
        captured_amount: 'bigint not null default 0',
        refunded_amount: 'bigint not null default 0',
        currency: 'text not null',
        order_id: 'bigint',
        error: 'text',
        note: 'text',
        give_back_reason: 'text',
        // The start can be made again just as it was, until it is answered. What the buyer's form sent is sealed.
        start_token: 'text not null',
        start_input: 'text',
        input_hash: 'text not null',
        attempts: 'integer not null default 1',
        created_at: 'timestamptz not null',
        changed_at: 'timestamptz not null',
      },
      unique: {
        open: { columns: ['reference'], where: 'is_open' },
        at_provider: {
          columns: ['provider', 'provider_reference'],
          where: 'provider_reference is not null',
        },
        by_start: ['start_token'],
      },
      indexes: { by_reference: ['reference', 'id'] },
      checks: {
        amounts: 'amount > 0 and captured_amount >= 0 and refunded_amount between 0 and captured_amount',
        state:
          "state in ('started', 'waiting', 'authorised', 'captured', 'partially_refunded', 'refunded', 'failed', 'cancelled')",
      },
    }),
    tenantTable('payments.refunds', {
      columns: {
        payment_id: 'bigint not null',
        key: 'text not null',
        amount: 'bigint not null check (amount > 0)',
        currency: 'text not null',
        reason: 'text not null',
        state: "text not null default 'planned' check (state in ('planned', 'pending', 'done', 'failed'))",
        provider_reference: 'text',
        provider_key: 'text not null',
        attempts: 'integer not null default 1',
        created_at: 'timestamptz not null',
        done_at: 'timestamptz',
      },
      unique: { once: ['payment_id', 'key'] },
      references: { payment: { columns: ['payment_id'], to: 'payments.payments' } },
    }),
    tenantTable('payments.transactions', {
      columns: {
        payment_id: 'bigint not null',
        kind: "text not null check (kind in ('authorise', 'capture', 'refund', 'cancel', 'check'))",
        outcome: "text not null check (outcome in ('done', 'pending', 'failed'))",
        amount: 'bigint not null',
        currency: 'text not null',
        provider_reference: 'text',
        message: 'text',
        at: 'timestamptz not null',
      },
      references: { payment: { columns: ['payment_id'], to: 'payments.payments' } },
      indexes: { by_payment: ['payment_id', 'id'] },
      insertOnly: true,
    }),
  ],
  down: ['drop table payments.transactions', 'drop table payments.refunds', 'drop table payments.payments'],
});
