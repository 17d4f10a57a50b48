import type { KernelDatabase, Migrator } from '../parts.ts';

type Column = { name: string; type: string; is_json: boolean; is_generated: boolean; is_identity: boolean };
/** A table as its rows are taken out and put back. */
export type TableShape = { name: string; columns: readonly Column[]; key: readonly Column[] };

const PAGE = 1000; // rows; a few megabytes at most for rows of business data

/** Rows of a plugin's tables as JSON text, exact both ways; the platform's role sees those of every store. */
export function createShelf(deps: { database: KernelDatabase; migrator: Pick<Migrator, 'asOwner'> }) {
  const { query } = deps.database.platform;
  const schemaOf = (plugin: string) => plugin.replaceAll('-', '_');

  async function tables(plugin: string): Promise<TableShape[]> {
    const rows = await query<{ name: string; columns: Column[]; key: string[] }>(TABLES, [schemaOf(plugin)]);
    return rows.map(({ name, columns, key }) => ({
      name,
      columns: columns.filter(({ is_generated }) => !is_generated),
      key: key.map((part) => columns.find((column) => column.name === part)!),
    }));
  }

  async function* pages({ name, columns, key }: TableShape): AsyncGenerator<string[]> {
    const names = key.map((column) => quoted(column.name)).join(', ');
    const nulls = columns
      .filter(({ is_json }) => is_json)
      .map((one) => `case when ${quoted(one.name)} is null then '${one.name}' end`);
    // A column that is null is left out, so that it is not taken for the null of JSON.
    const row =
      nulls.length === 0
        ? 'to_jsonb(the_row)'
        : `to_jsonb(the_row) - array_remove(array[${nulls.join(', ')}]::text[], null)`;
    const select = `select (${row})::text as row, array[${key.map((one) => `${quoted(one.name)}::text`).join(', ')}] as at from ${name} the_row`;
    const after = key.map((column, index) => `$${index + 1}::${column.type}`).join(', ');
    let at: string[] = [];
    do {
      const where = at.length > 0 ? `where (${names}) > (${after})` : '';
      const page = await query<{ row: string; at: string[] }>(
        `${select} ${where} order by ${names} limit ${PAGE}`,
        at,
      );
      yield page.map((one) => one.row);
      at = page.length === PAGE ? page.at(-1)!.at : [];
    } while (at.length > 0);
  }

  async function insert({ name, columns }: TableShape, rows: readonly string[]): Promise<void> {
    const into = columns.map((column) => quoted(column.name)).join(', ');
    const from = columns
      .map(({ name: column, is_json }) => (is_json ? `one->'${column}'` : `made.${quoted(column)}`))
      .join(', ');
    await query(
      `insert into ${name} (${into}) overriding system value
       select ${from} from jsonb_array_elements($1::jsonb) one, jsonb_populate_record(null::${name}, one) made returning 1`,
      [`[${rows.join(',')}]`],
    );
  }

  return {
    tables,
    pages,
    insert,
    /** Takes the foreign keys between the plugin's own tables away meanwhile, so that rows may come in any order. */
    async withoutReferences(plugin: string, work: () => Promise<void>): Promise<void> {
      const keys = await query<{ table: string; name: string; made: string }>(REFERENCES, [schemaOf(plugin)]);
      await deps.migrator.asOwner(plugin, async (run) => {
        for (const { table, name } of keys) await run(`alter table ${table} drop constraint ${quoted(name)}`);
      });
      await work();
      await deps.migrator.asOwner(plugin, async (run) => {
        for (const { table, name, made } of keys)
          await run(`alter table ${table} add constraint ${quoted(name)} ${made}`);
      });
    },
    /** The last id that each table gave out, so that a restored one never gives it again. */
    async sequences(plugin: string, shapes: readonly TableShape[]): Promise<Record<string, number>> {
      const found: Record<string, number> = {};
      await deps.migrator.asOwner(plugin, async (run) => {
        for (const place of identities(shapes)) {
          const [one] = await run<{ name: string }>('select pg_get_serial_sequence($1, $2) as name', place);
          const sql = `select last_value as last from ${one!.name} where is_called`;
          for (const { last } of await run<{ last: number }>(sql)) found[place[0]] = Number(last);
        }
      });
      return found;
    },
    async setSequences(
      plugin: string,
      last: Record<string, number>,
      shapes: readonly TableShape[],
    ): Promise<void> {
      await deps.migrator.asOwner(plugin, async (run) => {
        for (const [table, column] of identities(shapes)) {
          const sql = 'select setval(pg_get_serial_sequence($1, $2), $3)';
          if (last[table] !== undefined) await run(sql, [table, column, last[table]]);
        }
      });
    },
  };
}

function identities(shapes: readonly TableShape[]): [table: string, column: string][] {
  return shapes.flatMap(({ name, columns }) =>
    columns.filter(({ is_identity }) => is_identity).map((column): [string, string] => [name, column.name]),
  );
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const TABLES = `
  select c.oid::regclass::text as name,
    (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'is_json', a.atttypid in ('json'::regtype, 'jsonb'::regtype), 'is_generated', a.attgenerated <> '',
        'is_identity', a.attidentity <> '') order by a.attnum)
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select json_agg(a.attname order by u.position) from pg_constraint k, unnest(k.conkey) with ordinality u(number, position)
      join pg_attribute a on a.attnum = u.number where k.conrelid = c.oid and k.contype = 'p' and a.attrelid = c.oid) as key
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition order by c.relname`;

const REFERENCES = `
  select k.conrelid::regclass::text as table, k.conname as name, pg_get_constraintdef(k.oid) as made
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_class r on r.oid = k.confrelid
  where n.nspname = $1 and k.contype = 'f' and r.relnamespace = c.relnamespace order by 1, 2`;
