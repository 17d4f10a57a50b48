import type pg from 'pg';

/* What safety.md and scale-out.md ask of every table, read from the database itself: a sentence for each thing broken. */

type Table = {
  name: string;
  kind: string;
  placement: string | null;
  enabled: boolean;
  forced: boolean;
  policies: { name: string; using: string | null; check: string | null }[] | null;
  columns: { name: string; type: string; nullable: boolean; identity: string }[] | null;
  triggers: string[] | null;
};
type Constraint = {
  table: string;
  name: string;
  kind: string;
  columns: string[];
  to: string | null;
  to_columns: string[] | null;
  to_placement: string | null;
};
type Index = {
  table: string;
  name: string;
  columns: string[];
  is_unique: boolean;
  method: string;
  is_key: boolean;
};

/** Checks one schema. Runs inside the migration's own transaction, so that a bad one can be taken back. */
export async function brokenRules(client: Pick<pg.Client, 'query'>, schema: string): Promise<string[]> {
  const tables = (await client.query<Table>(TABLES, [schema])).rows;
  const constraints = (await client.query<Constraint>(CONSTRAINTS, [schema])).rows;
  const indexes = (await client.query<Index>(INDEXES, [schema])).rows;
  const functions =
    schema === 'kernel' ? [] : (await client.query<{ name: string }>(FUNCTIONS, [schema])).rows;
  const tenants = new Set(
    tables.filter(({ placement }) => placement === 'kontor:tenant').map(({ name }) => name),
  );
  return [
    ...tables.flatMap((table) => tableFaults(table)),
    ...constraints.flatMap((constraint) => constraintFaults(constraint, tenants)),
    ...indexes.filter(({ table }) => tenants.has(table)).flatMap(indexFaults),
    ...functions.map(
      ({ name }) => `function ${name}: a plugin makes no functions; decide in code, where it can be tested`,
    ),
  ];
}

function tableFaults(table: Table): string[] {
  const { name } = table;
  if (table.kind === 'm')
    return [`${name}: a materialised view shows every store's rows; keep a table that events fill`];
  if (table.kind === 'v')
    return [`${name}: a view shows its owner's rows; read the table, or use security_invoker in a query`];
  const columns = table.columns ?? [];
  const faults = columns.flatMap(columnFaults).map((fault) => `${name}: ${fault}`);
  if (table.triggers)
    faults.push(
      `${name}: trigger ${table.triggers.join(', ')}; triggers cannot be distributed, use an event`,
    );
  if (isOurs(name)) return faults;
  if (!table.placement) {
    return [...faults, `${name}: made by hand; use tenantTable, referenceTable or localTable`];
  }
  return table.placement === 'kontor:tenant' || table.placement === 'kontor:stores'
    ? [...faults, ...tenantFaults(table)]
    : faults;
}

/** What bootstrap makes before there are migrations. */
function isOurs(name: string): boolean {
  return name === 'kernel.store_key' || name === 'kernel.migrations';
}

function tenantFaults(table: Table): string[] {
  const faults: string[] = [];
  const key = table.placement === 'kontor:stores' ? 'id' : 'store_id';
  const store = table.columns?.find(({ name }) => name === key);
  if (store?.type !== 'bigint' || store.nullable) faults.push(`${key} must be bigint not null`);
  if (!table.enabled || !table.forced) faults.push('row level security must be enabled and forced');
  const wanted = `(${key} = kernel.current_store())`;
  const policies = table.policies ?? [];
  const ofStore = policies.find(({ name }) => name === 'store');
  if (ofStore?.using !== wanted || ofStore.check !== wanted)
    faults.push(`policy store must be using and with check ${wanted}`);
  const others = policies.filter(({ name }) => name !== 'store' && name !== 'platform');
  if (others.length > 0)
    faults.push(`policy ${others.map(({ name }) => name).join(', ')} opens the table further`);
  return faults.map((fault) => `${table.name}: ${fault}`);
}

function columnFaults(column: { name: string; type: string; nullable: boolean; identity: string }): string[] {
  const faults: string[] = [];
  if (!/^[a-z][a-z0-9_]*$/.test(column.name)) faults.push(`column ${column.name} is not snake_case`);
  if (column.type === 'timestamp without time zone') faults.push(`column ${column.name} must be timestamptz`);
  if (column.type === 'money' || column.type === 'real')
    faults.push(`column ${column.name}: amounts are bigint minor units, not ${column.type}`);
  if (column.identity && column.type !== 'bigint')
    faults.push(`identity column ${column.name} must be bigint`);
  return faults;
}

function constraintFaults(constraint: Constraint, tenants: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const leads = constraint.columns[0] === 'store_id';
  if (/_\d+$/.test(constraint.name))
    faults.push('its name ends in _ and digits, which is how a shard is named');
  if (constraint.kind === 'p' && tenants.has(constraint.table) && !leads)
    faults.push('store_id must lead the primary key');
  if (constraint.kind === 'x') faults.push('exclusion constraints cannot be distributed');
  if (
    constraint.kind === 'f' &&
    constraint.to_placement === 'kontor:tenant' &&
    (!leads || constraint.to_columns?.[0] !== 'store_id')
  ) {
    faults.push("store_id must lead both sides of a foreign key, or another store's row would be accepted");
  }
  return faults.map((fault) => `${constraint.table}, constraint ${constraint.name}: ${fault}`);
}

function indexFaults(index: Index): string[] {
  const faults: string[] = [];
  if (/_\d+$/.test(index.name)) faults.push('its name ends in _ and digits, which is how a shard is named');
  const needsLead = index.is_unique || index.method === 'btree';
  if (needsLead && index.columns[0] !== 'store_id') {
    faults.push(
      index.is_unique
        ? 'a unique key without store_id in front tells a stranger that a hidden row exists'
        : 'store_id must lead it',
    );
  }
  return faults.map((fault) => `${index.table}, index ${index.name}: ${fault}`);
}

const TABLES = `
  select n.nspname || '.' || c.relname as name, c.relkind as kind, obj_description(c.oid, 'pg_class') as placement,
    c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    (select json_agg(json_build_object('name', p.polname, 'using', pg_get_expr(p.polqual, p.polrelid),
       'check', pg_get_expr(p.polwithcheck, p.polrelid))) from pg_policy p where p.polrelid = c.oid) as policies,
    (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'nullable', not a.attnotnull,
       'identity', a.attidentity) order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select json_agg(t.tgname) from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal) as triggers
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1`;

const CONSTRAINTS = `
  select n.nspname || '.' || c.relname as table, k.conname as name, k.contype as kind,
    (select json_agg(a.attname order by u.position) from unnest(k.conkey) with ordinality u(number, position)
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number) as columns,
    k.confrelid::regclass::text as to, obj_description(nullif(k.confrelid, 0), 'pg_class') as to_placement,
    (select json_agg(a.attname order by u.position) from unnest(k.confkey) with ordinality u(number, position)
       join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number) as to_columns
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and k.contype in ('p', 'u', 'f', 'x', 'c') and k.conkey is not null order by 1, 2`;

const INDEXES = `
  select n.nspname || '.' || t.relname as table, c.relname as name, i.indisunique as is_unique, m.amname as method, i.indisprimary as is_key,
    (select json_agg(coalesce(a.attname, '(expression)') order by u.position) from unnest(i.indkey) with ordinality u(number, position)
       left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.number and u.number <> 0) as columns
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    join pg_namespace n on n.oid = t.relnamespace join pg_am m on m.oid = c.relam
  where n.nspname = $1 order by 1, 2`;

const FUNCTIONS = `
  select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = $1`;
