import { defineMigration, localTable, tenantTable } from 'kontor/sdk';

const answer = {
  actor: 'text not null',
  route: 'text not null',
  key: 'text not null',
  /** Of the request that holds the key: it alone may write the answer. */
  claim: 'text not null',
  fingerprint: 'text not null',
  state: 'text not null',
  started_at: 'timestamptz not null',
  status: 'smallint',
  content_type: 'text',
  location: 'text',
  body: 'bytea',
};
const checks = {
  states: "state in ('running', 'done')",
  answered: "state = 'running' or status is not null",
};
const indexes = { by_start: ['started_at'] };

/** Answers of unsafe requests by their Idempotency-Key, kept for a day. */
export default defineMigration({
  up: [
    tenantTable('kernel.idempotency', { columns: answer, key: ['actor', 'route', 'key'], checks, indexes }),
    localTable('kernel.platform_idempotency', {
      columns: { surface: 'text not null', ...answer },
      key: ['surface', 'actor', 'route', 'key'],
      checks,
      indexes,
    }),
  ],
  down: ['drop table kernel.platform_idempotency', 'drop table kernel.idempotency'],
});
