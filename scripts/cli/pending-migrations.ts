import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from '../../kernel/database/index.ts';
import { loadMigrations } from '../../kernel/migrations/load.ts';
import { heavyStatements, statementsOf } from '../../kernel/migrations/statements.ts';
import type { Config, ConnectionTarget } from '../../kernel/parts.ts';
import { discover, ownPlaces } from '../../kernel/plugins/discover.ts';

export type Pending = { owner: string; name: string; statements: string[]; heavy: string[] };

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Steps that the next start would take, of the kernel and of enabled plugins. Reads only, also on an empty database. */
export async function pendingMigrations(config: Config, target: ConnectionTarget): Promise<Pending[]> {
  const { taken, states } = await recorded(target);
  const { found } = await discover({ ...ownPlaces(), folders: config.plugins.folders });
  const isOn = ({ id, autoEnable }: { id: string; autoEnable?: boolean }, source: string) =>
    states.has(id) ? states.get(id) === 'enabled' : source === 'bundled' && autoEnable !== false;
  const owners = [
    { owner: 'kernel', folder: root },
    ...found
      .filter(({ manifest, source }) => isOn(manifest, source))
      .map(({ manifest, folder }) => ({ owner: manifest.id, folder })),
  ];
  const pending: Pending[] = [];
  for (const { owner, folder } of owners) {
    for (const { name, migration } of await loadMigrations(join(folder, 'migrations'))) {
      if (taken.has(`${owner} ${name}`)) continue;
      const statements = statementsOf(migration, 'up');
      pending.push({ owner, name, statements, heavy: heavyStatements(statements) });
    }
  }
  return pending;
}

async function recorded(target: ConnectionTarget) {
  const client = await connect(target);
  try {
    const rows = async (table: string, sql: string) => {
      const found = await client.query('select 1 where to_regclass($1) is not null', [table]);
      return found.rows.length > 0 ? (await client.query<{ key: string; value: string }>(sql)).rows : [];
    };
    const steps = await rows(
      'kernel.migrations',
      `select owner || ' ' || name as key from kernel.migrations`,
    );
    const plugins = await rows('kernel.plugins', 'select id as key, state as value from kernel.plugins');
    return {
      taken: new Set(steps.map(({ key }) => key)),
      states: new Map(plugins.map(({ key, value }) => [key, value])),
    };
  } finally {
    await client.end();
  }
}
