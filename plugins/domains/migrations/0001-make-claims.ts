import { defineMigration, localTable } from 'kontor/sdk';

/** Who says that a domain is theirs: looked at across stores, so that the table is the platform's. */
export default defineMigration({
  up: [
    localTable('domains.claims', {
      columns: {
        domain: 'text not null',
        store_id: 'bigint not null',
        token: 'text not null',
        claimed_at: 'timestamptz not null',
      },
      key: ['domain', 'store_id'],
      indexes: { by_store: ['store_id'] },
    }),
  ],
  down: ['drop table domains.claims'],
});
