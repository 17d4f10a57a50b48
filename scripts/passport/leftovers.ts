import type { Manifest } from 'kontor/sdk';
import type { Kernel } from '../../kernel/parts.ts';

type Rows = ReadonlyMap<string, ReadonlySet<string>>;

/** Kept on purpose: the audit outlives whom it is about, and a plugin whose files are there stays known. */
const KEPT = new Set(['platform_audit', 'plugins']);

/** Every row of the kernel's tables as text. */
export async function noteRows({ database }: Kernel): Promise<Rows> {
  const tables = await database.platform.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'kernel' and c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'select')`,
  );
  const rows = new Map<string, ReadonlySet<string>>();
  for (const { name } of tables.filter(({ name }) => !KEPT.has(name))) {
    const found = await database.platform.query<{ row: string }>(
      `select to_jsonb(x)::text as row from kernel.${name} x`,
    );
    rows.set(name, new Set(found.map(({ row }) => row)));
  }
  return rows;
}

/** What is left of plugins in the database, a sentence each: schemas, roles' rights, rows that name them. */
export async function tracesOf(
  kernel: Kernel,
  manifests: readonly Manifest[],
  before: Rows,
): Promise<string[]> {
  const now = await noteRows(kernel);
  const left: string[] = [];
  for (const { id } of manifests) {
    const schema = id.replaceAll('-', '_');
    const [found] = await kernel.database.platform.query(`select 1 where to_regnamespace($1) is not null`, [
      schema,
    ]);
    if (found) left.push(`The schema ${schema} is still there`);
    const names = new RegExp(`"${id}[".]`);
    for (const [table, rows] of now) {
      const own = [...rows].filter((row) => names.test(row));
      const old = own.filter((row) => before.get(table)?.has(row)).length;
      if (own.length > 0)
        left.push(`kernel.${table} has ${own.length} row(s) of ${id} (${old} from its use): ${own[0]}`);
    }
  }
  return left;
}
