import type { KernelDatabase, Migrator } from '../parts.ts';

/** A table as its rows are taken out and put back: expressions that the database made from its columns. */
export type TableShape = { name: string; columns: string; asJson: string; fromJson: string };

const PAGE = 1000; // rows; a few megabytes at most for rows of business data

/** Rows of a plugin's tables as JSON text, exact both ways; the platform's role sees those of every store. */
export function createShelf(deps: { database: KernelDatabase; migrator: Pick<Migrator, 'asOwner'> }) {
  const { query } = deps.database.platform;
  const schemaOf = (plugin: string) => plugin.replaceAll('-', '_');

  return {
    tables: (plugin: string) => query<TableShape>(TABLES, [schemaOf(plugin)]),
    /** To be read to its end within a transaction. */
    async *pages({ name, asJson }: TableShape): AsyncGenerator<string[]> {
      await query(`declare shelf_rows cursor for select (${asJson})::text as row from ${name} the_row`);
      let page: { row: string }[];
      do {
        page = await query<{ row: string }>(`fetch ${PAGE} from shelf_rows`);
        yield page.map(({ row }) => row);
      } while (page.length > 0);
      await query('close shelf_rows');
    },
    async insert({ name, columns, fromJson }: TableShape, rows: readonly string[]): Promise<void> {
      await query(
        `insert into ${name} (${columns}) overriding system value
         select ${fromJson} from jsonb_array_elements($1::jsonb) one, jsonb_populate_record(null::${name}, one) made returning 1`,
        [`[${rows.join(',')}]`],
      );
    },
    /** Takes the foreign keys between the plugin's own tables away meanwhile, so that rows may come in any order. */
    async withoutReferences(plugin: string, work: () => Promise<void>): Promise<void> {
      const keys = await query<{ drop: string; add: string }>(REFERENCES, [schemaOf(plugin)]);
      const run = (statements: string[]) =>
        deps.migrator.asOwner(plugin, async (query) => {
          for (const statement of statements) await query(statement);
        });
      await run(keys.map(({ drop }) => drop));
      await work();
      await run(keys.map(({ add }) => add));
    },
    /** The last id that each table gave out, so that a restored one never gives it again. */
    async sequences(plugin: string): Promise<Record<string, number>> {
      const last: Record<string, number> = {};
      const sql = `select s.table, pg_sequence_last_value(s.id)::float8 as last ${SEQUENCES}`;
      await deps.migrator.asOwner(plugin, async (query) => {
        const rows = await query<{ table: string; last: number | null }>(sql, [schemaOf(plugin)]);
        for (const row of rows) if (row.last !== null) last[row.table] = row.last;
      });
      return last;
    },
    async setSequences(plugin: string, last: Record<string, number>): Promise<void> {
      const sql = `select setval(s.id, ($2::jsonb ->> s.table)::bigint) ${SEQUENCES} where $2::jsonb ? s.table`;
      await deps.migrator.asOwner(plugin, async (query) => {
        await query(sql, [schemaOf(plugin), JSON.stringify(last)]);
      });
    },
  };
}

// A JSON column that is null is left out of its row, so that it is not taken for the null of JSON.
const TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name, string_agg(quote_ident(a.attname), ', ') as columns,
    format('to_jsonb(the_row) - array_remove(array[%s]::text[], null)',
      string_agg(format('case when %1$I is null then %1$L end', a.attname), ', ') filter (where t.is_json)) as "asJson",
    string_agg(case when t.is_json then format('one->%L', a.attname) else format('made.%I', a.attname) end, ', ') as "fromJson"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    cross join lateral (select a.atttypid in ('json'::regtype, 'jsonb'::regtype) as is_json) t
  where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition group by 1, n.nspname, c.relname order by 1`;

const REFERENCES = `
  select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as drop,
    format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as add
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
  where c.relnamespace = to_regnamespace($1) and k.contype = 'f' and r.relnamespace = c.relnamespace order by 1`;

const SEQUENCES = `
  from (select d.objid::regclass as id, format('%I.%I', n.nspname, c.relname) as table
    from pg_depend d join pg_class c on c.oid = d.refobjid join pg_namespace n on n.oid = c.relnamespace
    where d.classid = 'pg_class'::regclass and d.refclassid = d.classid and d.deptype = 'i' and n.nspname = $1
      and (select relkind from pg_class where oid = d.objid) = 'S') s`;
