import { defineMigration, tenantTable } from 'kontor/sdk';

/** Changes of many products at once, each with how far it came, so that it goes on there after a stop. */
export default defineMigration({
  up: [
    tenantTable('catalog.bulk_changes', {
      columns: {
        state: "text not null default 'running'",
        change: 'jsonb not null',
        query: 'jsonb not null',
        total: 'integer not null',
        done: 'integer not null default 0',
        changed: 'integer not null default 0',
        failed: 'integer not null default 0',
        faults: "jsonb not null default '[]'",
        last_id: 'bigint not null default 0',
        through_id: 'bigint not null',
        job_id: 'text',
        created_at: 'timestamptz not null',
        finished_at: 'timestamptz',
      },
      checks: { state: "state in ('running', 'done', 'cancelled')" },
    }),
  ],
  down: ['drop table catalog.bulk_changes'],
});
