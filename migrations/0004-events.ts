import { defineMigration, tenantTable } from 'kontor/sdk';

export default defineMigration({
  up: [
    tenantTable('kernel.events', {
      columns: {
        uuid: 'uuid not null',
        // Who declares it: a purge takes its events away.
        plugin: 'text not null',
        name: 'text not null',
        entity: 'text not null',
        payload: 'jsonb not null',
        occurred_at: 'timestamptz not null',
        relayed: 'boolean not null default false',
      },
      indexes: {
        unrelayed: { columns: ['id'], where: 'not relayed' },
        by_time: ['occurred_at', 'id'],
      },
    }),
    tenantTable('kernel.deliveries', {
      columns: {
        event_id: 'bigint not null',
        plugin: 'text not null',
        entity: 'text not null',
        state: "text not null default 'waiting'",
        attempts: 'integer not null default 0',
        // When a waiting one is due; while it is being made, when it is taken for lost. Null: behind another of its line.
        next_at: 'timestamptz',
        last_error: 'text',
        finished_at: 'timestamptz',
      },
      unique: { once: ['event_id', 'plugin'] },
      indexes: {
        due: { columns: ['next_at'], where: "state = 'waiting' and next_at is not null" },
        line: { columns: ['plugin', 'entity', 'event_id'], where: "state = 'waiting'" },
        dead: { columns: ['finished_at'], where: "state = 'dead'" },
      },
      references: { event: { columns: ['event_id'], to: 'kernel.events', onDelete: 'cascade' } },
      checks: { state_known: "state in ('waiting', 'done', 'dead')" },
    }),
  ],
  down: ['drop table kernel.deliveries', 'drop table kernel.events'],
});
