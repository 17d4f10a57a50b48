import type { PluginHostDeps } from './index.ts';

/** A table as its rows are taken out and put back: expressions that the database made from its columns. */
export type TableShape = {
  name: string;
  columns: string;
  asJson: string;
  fromJson: string;
  /** Where its ids come from, and the last one it gave out. */
  sequence: string | null;
  last: number | null;
};

const PAGE = 1000; // rows; a few megabytes at most for rows of business data

/** Rows of a plugin's tables as JSON text, exact both ways; the platform's role sees those of every store. */
export function createShelf({ database: { platform }, migrator: { asOwner } }: PluginHostDeps) {
  const { query } = platform;
  const schemaOf = (plugin: string) => plugin.replaceAll('-', '_');
  const tables = (plugin: string) =>
    asOwner(plugin, (query) => query<TableShape>(TABLES, [schemaOf(plugin)]));

  return {
    tables,
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
    /**
     * Lets rows be put into the tables: in any order, for the foreign keys between them are away meanwhile. Ids that were
     * given out are never given again.
     *
     * @param last - of each table, the last id it gave out
     */
    async fill(
      plugin: string,
      last: Readonly<Record<string, number>>,
      work: (put: (table: string, rows: readonly string[]) => Promise<void>) => Promise<void>,
    ): Promise<void> {
      const shapes = new Map((await tables(plugin)).map((shape) => [shape.name, shape]));
      const put = async (table: string, rows: readonly string[]) => {
        const shape = shapes.get(table);
        if (!shape) throw new Error(`the plugin makes no table ${table}`);
        await query(
          `insert into ${table} (${shape.columns}) overriding system value
           select ${shape.fromJson} from jsonb_array_elements($1::jsonb) one, jsonb_populate_record(null::${table}, one) made
           returning 1`,
          [`[${rows.join(',')}]`],
        );
      };
      const keys = await query<{ drop: string; add: string }>(REFERENCES, [schemaOf(plugin)]);
      await asOwner(plugin, async (query) => {
        for (const { drop } of keys) await query(drop);
      });
      await platform.transaction(() => work(put));
      await asOwner(plugin, async (query) => {
        for (const { add } of keys) await query(add);
        for (const { name, sequence } of shapes.values())
          await query('select setval($1::regclass, $2)', [sequence, last[name] ?? null]);
      });
    },
  };
}

// A JSON column that is null is left out of its row, so that it is not taken for the null of JSON.
const TABLES = `
  select t.name, string_agg(quote_ident(a.attname), ', ') as columns,
    format('to_jsonb(the_row) - array_remove(array[%s]::text[], null)',
      string_agg(format('case when %1$I is null then %1$L end', a.attname), ', ') filter (where c.is_json)) as "asJson",
    string_agg(format(case when c.is_json then 'one->%L' else 'made.%I' end, a.attname), ', ') as "fromJson",
    max(c.sequence) as sequence, max(pg_sequence_last_value(c.sequence::regclass))::float8 as last
  from (select oid, format('%I.%I', $1::text, relname) as name from pg_class
      where relnamespace = to_regnamespace($1) and relkind in ('r', 'p') and not relispartition) t
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    cross join lateral (select a.atttypid in ('json'::regtype, 'jsonb'::regtype) as is_json,
      case when a.attidentity <> '' then pg_get_serial_sequence(t.name, a.attname) end as sequence) c
  group by t.name order by t.name`;

const REFERENCES = `
  select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as drop,
    format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as add
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
  where c.relnamespace = to_regnamespace($1) and k.contype = 'f' and r.relnamespace = c.relnamespace order by 1`;
