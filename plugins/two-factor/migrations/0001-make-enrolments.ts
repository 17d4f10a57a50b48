import { defineMigration, localTable } from 'kontor/sdk';

/** Users are of no one store, so these tables are the platform's. */
export default defineMigration({
  up: [
    localTable('two_factor.enrolments', {
      columns: {
        user_id: 'bigint not null',
        sealed_secret: 'text not null',
        // The last time step a code was taken for: no code works twice.
        last_step: 'bigint not null default 0',
        started_at: 'timestamptz not null',
        confirmed_at: 'timestamptz',
      },
      key: ['user_id'],
    }),
    localTable('two_factor.recovery_codes', {
      columns: { user_id: 'bigint not null', code_hash: 'text not null' },
      key: ['user_id', 'code_hash'],
    }),
  ],
  down: ['drop table two_factor.recovery_codes', 'drop table two_factor.enrolments'],
});
