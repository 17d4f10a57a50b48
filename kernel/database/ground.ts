import type { Roles } from './roles.ts';

/** The statements that make the kernel's schema and its functions, run by the administrator; all can be run again. */
export function groundStatements(roles: Roles, database: string): string[] {
  const { owner, tenant, app, platform, jobs } = roles;
  return [
    `grant connect on database ${database} to ${app}, ${platform}, ${jobs}`,
    `revoke create on schema public from public`,
    `create schema if not exists kernel authorization ${owner}`,
    `grant usage on schema kernel to ${tenant}, ${app}, ${platform}`,
    `create schema if not exists pgboss authorization ${jobs}`,
    `set local role ${owner}`,
    // No grants at all: only the function below reads it, as its owner.
    `create table if not exists kernel.store_key (kid smallint primary key, ipad bytea not null, opad bytea not null)`,
    `create table if not exists kernel.migrations (
       owner text not null, name text not null, applied_at timestamptz not null default now(),
       is_backfilled boolean not null, constraint migrations_key primary key (owner, name))`,
    `grant select, insert, update, delete on kernel.migrations to ${platform}`,
    currentStore(),
    `revoke all on function kernel.current_store() from public`,
    `grant execute on function kernel.current_store() to ${tenant}, ${app}`,
    runnerOf(roles),
    ...tableFunctions(roles),
    noteMigration(roles),
    `revoke all on function kernel.note_migration(text, text, boolean, boolean) from public`,
  ];
}

/** Plpgsql and not SQL: three to four times cheaper a statement on PostgreSQL 15. The SET clause is what makes it safe. */
function currentStore(): string {
  return `create or replace function kernel.current_store() returns bigint language plpgsql
    stable parallel safe security definer set search_path = pg_catalog, pg_temp as $function$
  declare
    token text := current_setting('kontor.store', true);
    head text;
    key kernel.store_key;
  begin
    if token is null or token = '' then return null; end if;
    head := split_part(token, '.', 1) || '.' || split_part(token, '.', 2);
    -- Compared as texts, the whole of it: no cast to fail, and no pattern, which would cost twice as much as all the rest.
    select * into key from kernel.store_key where kid::text = split_part(token, '.', 1);
    if key.kid is null or token is distinct from
         head || '.' || encode(sha256(key.opad || sha256(key.ipad || convert_to(head, 'UTF8'))), 'hex') then
      raise insufficient_privilege using message = 'kontor: bad store token';
    end if;
    return split_part(token, '.', 2)::bigint;
  end $function$`;
}

/** What a schema's statements run as: the plugin's own role, the application's where there is none. */
function runnerOf({ app, run }: Roles): string {
  return `create or replace function kernel.runner_of(the_schema text) returns name language plpgsql
    stable security invoker set search_path = pg_catalog, pg_temp as $function$
  begin
    return coalesce((select rolname from pg_roles where rolname = '${run('')}' || the_schema), '${app}');
  end $function$`;
}

/** What turns a table just made into one of a kind: policies, grants, mark. Each runs as the table's owner. */
function tableFunctions({ tenant, app, platform }: Roles): string[] {
  const ofStore = (key: string) => `
    execute format('create policy store on %I.%I to ${tenant}, ${app}
      using (${key} = kernel.current_store()) with check (${key} = kernel.current_store())', the_schema, the_table);
    execute format('create policy platform on %I.%I to ${platform} using (true) with check (true)', the_schema, the_table);`;
  const everything = `
    execute format('grant select, insert, update, delete on %I.%I to ${platform}', the_schema, the_table);`;
  const mark = (placement: string) => `
    execute format('comment on table %I.%I is %L', the_schema, the_table, 'kontor:${placement}');`;
  const onCitus = (call: string) => `
    if exists (select from pg_extension where extname = 'citus') then
      execute format('select ${call}', the_schema || '.' || the_table);
    end if;`;
  const make = (
    signature: string,
    body: string,
  ) => `create or replace function kernel.${signature} returns void
    language plpgsql security invoker set search_path = pg_catalog, pg_temp as $function$
  begin${body}
  end $function$`;
  return [
    make(
      'make_tenant(the_schema text, the_table text, is_insert_only boolean)',
      `${ofStore('store_id')}
    execute format('grant select, insert%s on %I.%I to %I, ${platform}', case when is_insert_only then '' else ', update, delete' end,
      the_schema, the_table, kernel.runner_of(the_schema));
    -- So that a plugin can number many rows before it writes them; a distributed database needs it for INSERT ... SELECT.
    if exists (select from pg_attribute where attrelid = format('%I.%I', the_schema, the_table)::regclass
        and attname = 'id' and attidentity <> '') then
      execute format('grant usage on sequence %s to %I',
        pg_get_serial_sequence(format('%I.%I', the_schema, the_table), 'id'), kernel.runner_of(the_schema));
    end if;
    ${mark('tenant')}${onCitus(`create_distributed_table(%L, ''store_id'', colocate_with => ''kernel.stores'')`)}`,
    ),
    make(
      'make_stores(the_schema text, the_table text)',
      `${ofStore('id')}${everything}
    execute format('grant select on %I.%I to ${app}', the_schema, the_table);
    ${mark('stores')}${onCitus(`create_distributed_table(%L, ''id'', colocate_with => ''none'')`)}`,
    ),
    make(
      'make_reference(the_schema text, the_table text)',
      `${everything}
    execute format('grant select on %I.%I to %I', the_schema, the_table, kernel.runner_of(the_schema));
    ${mark('reference')}${onCitus('create_reference_table(%L)')}`,
    ),
    make('make_local(the_schema text, the_table text)', `${everything}${mark('local')}`),
    // For tables without a store; `make_tenant` knows it from the start.
    make(
      'make_insert_only(the_schema text, the_table text)',
      `
    execute format('revoke update, delete on %I.%I from ${platform}', the_schema, the_table);`,
    ),
  ];
}

/** A plugin's login may note steps of its own schema, and of no other. */
function noteMigration({ plugin }: Roles): string {
  return `create or replace function kernel.note_migration(the_owner text, the_name text, is_taken boolean, has_backfill boolean)
    returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $function$
  begin
    if starts_with(session_user::text, '${plugin('')}') and session_user <> '${plugin('')}' || replace(the_owner, '-', '_') then
      raise insufficient_privilege using message = 'kontor: migrations are noted by their owner';
    end if;
    if is_taken then
      insert into kernel.migrations (owner, name, is_backfilled) values (the_owner, the_name, not has_backfill);
    else
      delete from kernel.migrations where owner = the_owner and name = the_name;
    end if;
  end $function$`;
}
