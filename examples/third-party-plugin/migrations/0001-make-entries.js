import { defineMigration, tenantTable } from 'kontor/sdk';

export default defineMigration({
  up: [
    tenantTable('guestbook.entries', {
      columns: {
        name: 'text not null',
        text: 'text not null',
        written_at: 'timestamptz not null',
      },
      indexes: { by_time: ['written_at', 'id'] },
    }),
    tenantTable('guestbook.days', {
      columns: { day: 'text not null', entries: 'bigint not null' },
      key: ['day'],
    }),
  ],
  down: ['drop table guestbook.days', 'drop table guestbook.entries'],
});
