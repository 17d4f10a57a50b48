import { defineMigration, tenantTable } from 'kontor/sdk';

export default defineMigration({
  up: [
    tenantTable('kernel.jobs', {
      key: ['id'],
      columns: {
        id: 'uuid not null',
        name: 'text not null',
        plugin: 'text not null',
        payload: 'jsonb not null',
        state: `text not null default 'waiting'`,
        key: 'text',
        run_at: 'timestamptz not null',
        // When the relay gave it to the queue; null is what the relay looks for.
        relayed_at: 'timestamptz',
        progress: 'smallint not null default 0',
        message: `text not null default ''`,
        error: 'text',
        attempts: 'integer not null default 0',
        cancel_asked: 'boolean not null default false',
        created_at: 'timestamptz not null',
        started_at: 'timestamptz',
        finished_at: 'timestamptz',
      },
      unique: {
        waiting_once: { columns: ['name', 'key'], where: `state = 'waiting' and key is not null` },
      },
      indexes: {
        due: { columns: ['name', 'run_at', 'created_at'], where: `state = 'waiting' and relayed_at is null` },
        under_way: {
          columns: ['name'],
          where: `state = 'running' or (state = 'waiting' and relayed_at is not null)`,
        },
        by_time: ['created_at', 'id'],
      },
      checks: {
        known_state: `state in ('waiting', 'running', 'done', 'failed', 'cancelled')`,
        progress_is_percent: 'progress between 0 and 100',
      },
    }),
    tenantTable('kernel.effects', {
      key: ['plugin', 'kind', 'key'],
      columns: {
        plugin: 'text not null',
        kind: 'text not null',
        key: 'text not null',
        state: 'text not null',
        reference: 'text',
        idempotency_key: 'text not null',
        attempts: 'integer not null',
        started_at: 'timestamptz',
        // Until then whoever started it is taken to be at it; null when it let go.
        leased_until: 'timestamptz',
        done_at: 'timestamptz',
      },
      checks: {
        known_state: `state in ('planned', 'started', 'done', 'unknown')`,
        done_has_reference: `state <> 'done' or reference is not null`,
      },
    }),
    tenantTable('kernel.inbox', {
      key: ['plugin', 'provider', 'event_id'],
      columns: {
        plugin: 'text not null',
        provider: 'text not null',
        event_id: 'text not null',
        came_at: 'timestamptz not null',
      },
      // Not insert-only: a purge takes a plugin's notes away.
    }),
  ],
  down: ['drop table kernel.inbox', 'drop table kernel.effects', 'drop table kernel.jobs'],
});
