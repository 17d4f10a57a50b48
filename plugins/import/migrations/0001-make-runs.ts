import { defineMigration, tenantTable } from 'kontor/sdk';

const toRun = { run: { columns: ['run_id'], to: 'import.runs', onDelete: 'cascade' } } as const;

/**
 * A run, its file in pieces, what it did to each product (so that it can be undone), what was wrong with which row, and the
 * pictures it has yet to fetch. All of it is in the database: any node can go on with a run.
 */
export default defineMigration({
  up: [
    tenantTable('import.runs', {
      columns: {
        format: 'text',
        file_name: 'text not null',
        is_dry_run: 'boolean not null',
        state: 'text not null',
        mapping: "jsonb not null default '{}'",
        bytes: 'bigint not null default 0',
        position: 'bigint not null default 0',
        header: 'jsonb',
        delimiter: 'text',
        record: 'integer not null default 0',
        created: 'integer not null default 0',
        updated: 'integer not null default 0',
        unchanged: 'integer not null default 0',
        failed: 'integer not null default 0',
        pictures_wanted: 'integer not null default 0',
        pictures_fetched: 'integer not null default 0',
        error: 'text',
        job_id: 'text',
        created_at: 'timestamptz not null',
        finished_at: 'timestamptz',
      },
      checks: {
        state: "state in ('uploading', 'waiting', 'running', 'done', 'failed', 'cancelled', 'undone')",
        format: "format in ('shopify', 'kontor')",
      },
      indexes: { by_time: ['created_at', 'id'] },
    }),
    tenantTable('import.pieces', {
      columns: {
        run_id: 'bigint not null',
        start_byte: 'bigint not null',
        end_byte: 'bigint not null',
        content: 'bytea not null',
      },
      key: ['run_id', 'start_byte'],
      references: toRun,
    }),
    tenantTable('import.items', {
      columns: {
        run_id: 'bigint not null',
        handle: 'text not null',
        outcome: 'text not null',
        product_id: 'bigint',
        version: 'integer',
        before: 'jsonb',
        is_undone: 'boolean not null default false',
      },
      key: ['run_id', 'handle'],
      checks: { outcome: "outcome in ('created', 'updated', 'unchanged')" },
      references: toRun,
    }),
    tenantTable('import.faults', {
      columns: {
        run_id: 'bigint not null',
        record: 'integer not null',
        field: 'text not null',
        code: 'text not null',
        message: 'text not null',
        value: 'text not null',
      },
      indexes: { by_record: ['run_id', 'record', 'id'] },
      references: toRun,
    }),
    tenantTable('import.pictures', {
      columns: {
        run_id: 'bigint not null',
        product_id: 'bigint not null',
        wanted: 'jsonb not null',
        is_done: 'boolean not null default false',
      },
      indexes: { open: { columns: ['run_id', 'id'], where: 'not is_done' } },
      references: toRun,
    }),
    tenantTable('import.fetched', {
      columns: { url: 'text not null', media_id: 'bigint not null' },
      key: ['url'],
    }),
  ],
  down: [
    'drop table import.fetched',
    'drop table import.pictures',
    'drop table import.faults',
    'drop table import.items',
    'drop table import.pieces',
    'drop table import.runs',
  ],
});
