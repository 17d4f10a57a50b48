import type { KernelDatabase } from './parts.ts';

/** The audit outlives whom it is about. */
const KEPT = ['platform_audit'];

/** Takes a plugin's rows out of every table of the kernel: those with a column `plugin`, and values of its codes. */
export function createPurger(database: Pick<KernelDatabase, 'platform'>): (plugin: string) => Promise<void> {
  return async (plugin) => {
    const { platform } = database;
    const tables = await platform.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'plugin' and not a.attisdropped
       where n.nspname = 'kernel' and c.relkind = 'r' and c.relname <> all($1)`,
      [KEPT],
    );
    await platform.transaction(async () => {
      for (const { name } of tables)
        await platform.query(`delete from kernel.${name} where plugin = $1`, [plugin]);
      for (const name of ['tier_values', 'merchant_overrides', 'usage']) {
        await platform.query(
          `delete from kernel.${name} where replace(split_part(code, '.', 1), '_', '-') = $1`,
          [plugin],
        );
      }
    });
  };
}
