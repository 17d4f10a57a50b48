import { defineErrors } from 'kontor/sdk';

export const migrationErrors = defineErrors({
  KERNEL_ERR_MIGRATION: [
    'Migration %s of %s failed and left nothing behind. Statement: %s. Reason: %s. Other nodes that run the version before it go on serving; mend the migration and start this one again',
    500,
    'private',
  ],
  KERNEL_ERR_MIGRATION_FOREIGN: [
    'Migration %s of %s names %s, which is not in its schema %s. A plugin changes its own tables only; reach others through their services. Statement: %s',
    500,
    'private',
  ],
  KERNEL_ERR_MIGRATION_RULES: [
    'Migration %s of %s breaks the rules of the catalogue and was taken back: %s',
    500,
    'private',
  ],
  KERNEL_ERR_MIGRATION_ORDER: [
    'Expected the migrations of %s to go on from %s, but %s is recorded and its file is gone; put the file back, or take the step back with the version that has it',
    500,
    'private',
  ],
  KERNEL_ERR_BACKFILL: [
    'The backfill of migration %s of %s stopped: %s. What it did stays; it goes on at the next start',
    500,
    'private',
  ],
});
