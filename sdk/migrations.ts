import type { TableStatements } from './tables.ts';

/** A statement, or the statements of one table. */
export type Step = string | TableStatements;

/** One step of a schema, there and back. */
export type Migration = {
  /** Brings the schema forward, in one transaction. Only this plugin's schema can be touched. */
  up: readonly Step[];
  /** Takes it back. Required, so that an upgrade that fails later can return. */
  down: readonly Step[];
  /**
   * Moves data after `up`, as the platform role (row-level security hides every row from the owner of a table). It is
   * called again until it answers 0; it must do a bounded piece each time and name `store_id`.
   *
   * @returns how many rows this piece changed
   */
  backfill?: (
    query: (sql: string, values?: readonly unknown[]) => Promise<{ rowCount: number }>,
  ) => Promise<number>;
};

/**
 * Declares one step of a plugin's schema; the file is `migrations/0001-make-notes.ts` and exports it as default.
 *
 * @throws TypeError when `up` or `down` is empty
 * @example export default defineMigration({ up: [tenantTable('notes.notes', { columns })], down: ['drop table notes.notes'] });
 */
export function defineMigration(migration: Migration): Migration {
  if (migration.up.length === 0 || migration.down.length === 0) {
    throw new TypeError('Expected a migration with at least one statement in `up` and one in `down`');
  }
  return migration;
}
