import { defineMigration } from 'kontor/sdk';

export default defineMigration({
  up: ['alter table kernel.stores add column colour text'],
  down: ['alter table kernel.stores drop column colour'],
});
