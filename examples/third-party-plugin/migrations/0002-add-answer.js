import { defineMigration } from 'kontor/sdk';

export default defineMigration({
  up: ['alter table guestbook.entries add column answer text'],
  down: ['alter table guestbook.entries drop column answer'],
});
