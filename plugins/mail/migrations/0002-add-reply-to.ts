import { defineMigration } from 'kontor/sdk';

/** Whom an answer goes to, where a mail is about what somebody wrote. */
export default defineMigration({
  up: ['alter table mail.letters add column reply_to text'],
  down: ['alter table mail.letters drop column reply_to'],
});
