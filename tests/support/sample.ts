import { defineMigration, tenantTable } from 'kontor/sdk';
import type { startTestDatabase } from './database.ts';

/** A plugin's schema with one tenant table, made over the plugin's own login as a real one is. */
export async function makeSampleSchema(
  { migrator }: Awaited<ReturnType<typeof startTestDatabase>>,
  plugin = 'sample',
) {
  const table = `${plugin.replaceAll('-', '_')}.notes`;
  const migration = defineMigration({
    up: [
      tenantTable(table, {
        columns: { text: 'text not null', stock: 'bigint not null default 0' },
        unique: { text: ['text'] },
        checks: { stock_left: 'stock >= 0' },
      }),
    ],
    down: [`drop table ${table}`],
  });
  await migrator.prepare(plugin);
  await migrator.up(plugin, [{ name: '0001-make-notes', migration }]);
  return { table, migration };
}
