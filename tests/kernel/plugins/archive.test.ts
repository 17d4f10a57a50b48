import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { writeFileSync } from 'node:fs';
import t from 'tap';
import type { KernelDatabase } from '../../../kernel/parts.ts';
import { aManifest, openWorld, type World, writePlugin } from './workshop.ts';

const MIGRATION = `import { defineMigration, localTable, tenantTable } from 'kontor/sdk';
  export default defineMigration({
    up: [
      tenantTable('guest_book.entries', {
        columns: { parent_id: 'bigint', text: 'text not null', amount: 'numeric(30,10)', big: 'bigint', at: 'timestamptz', data: 'jsonb', tags: 'text[]', bytes: 'bytea', twice: 'bigint generated always as (big * 2) stored' },
        references: { parent: { columns: ['parent_id'], to: 'guest_book.entries' } },
      }),
      tenantTable('guest_book.answers', { columns: { entry_id: 'bigint not null' }, references: { entry: { columns: ['entry_id'], to: 'guest_book.entries' } } }),
      localTable('guest_book.cursors', { columns: { name: 'text not null' }, key: ['name'] }),
    ],
    down: ['drop table guest_book.cursors, guest_book.answers, guest_book.entries'],
  });`;

async function guestBook(t: Parameters<typeof openWorld>[0]) {
  const world = await openWorld(t);
  writePlugin(world.extra, aManifest('guest-book'), 'export default {};', {
    'migrations/0001-make-entries.js': MIGRATION,
  });
  const { host } = await world.node();
  await host.start();
  const set = async (action: 'enable' | 'disable') =>
    host.apply(await host.plan({ action, plugin: 'guest-book', scope: 'platform' }));
  return { world, host, set };
}

async function fill({ database, stores }: World): Promise<void> {
  const insert = `insert into guest_book.entries (store_id, id, parent_id, text, amount, big, at, data, tags, bytes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
  for (const { ref } of [stores.a, stores.b]) {
    const rows = [
      [
        7,
        null,
        'line\nbreak "quoted" \\ {"row":',
        '12345678901234567890.0123456789',
        '9007199254740993',
        '2026-01-01T10:00:00.123456Z',
        '{"n": 1.10, "x": null}',
        ['a', 'b,"c'],
        Buffer.from([0, 255]),
      ],
      [5, 7, '', null, null, null, 'null', [], null],
      [6, 7, 'lb: Äddi', null, null, null, null, null, null],
    ];
    for (const [id, parent, ...rest] of rows)
      await database.platform.query(insert, [ref.id, id, parent, ...rest]);
    await database.platform.query(
      'insert into guest_book.answers (store_id, entry_id) select $1, 7 from generate_series(1, 1203) returning id',
      [ref.id],
    );
  }
  await database.platform.query(`insert into guest_book.cursors (name) values ('feed')`);
}

/** Every row of a schema as text, table by table. */
async function rowsOf(database: KernelDatabase, schema: string): Promise<Record<string, unknown[]>> {
  const tables = await database.platform.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = $1 order by 1`,
    [schema],
  );
  const dump: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    const rows = await database.platform.query<{ row: string }>(
      `select x::text as row from ${schema}.${name} x order by 1`,
    );
    dump[name] = rows.map(({ row }) => row);
  }
  return dump;
}

/** What a database consists of: schemas, tables, columns, keys, policies, roles with rights here, and the kernel's rows. */
async function wholeDump(database: KernelDatabase): Promise<unknown> {
  const ask = (sql: string) => database.platform.query(sql);
  const kernel = await rowsOf(database, 'kernel');
  return {
    schemas: await ask(
      `select nspname, nspacl::text from pg_namespace where nspname !~ '^pg_(toast|temp)' order by 1`,
    ),
    tables: await ask(
      `select n.nspname, c.relname, c.relkind::text, c.relacl::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname !~ '^pg_|information_schema' order by 1, 2`,
    ),
    constraints: await ask('select conname, pg_get_constraintdef(oid) from pg_constraint order by 1, 2'),
    policies: await ask('select tablename, policyname, roles::text from pg_policies order by 1, 2'),
    kernel: { ...kernel, platform_audit: [] },
  };
}

t.test('leaves nothing of a plugin that was used and purged', async (t) => {
  const { world, host, set } = await guestBook(t);
  const before = await wholeDump(world.database);
  await set('enable');
  await fill(world);
  await t.rejects(host.archive('guest-book'), { message: /is enabled; disable it first/ });
  await set('disable');
  await t.rejects(host.purge('guest-book'), { message: /is disabled; archive it first/ });
  await host.archive('guest-book');
  await host.purge('guest-book');

  t.same(await wholeDump(world.database), before);
  t.same(
    (await host.list()).map(({ id, state }) => [id, state]),
    [['guest-book', 'installed']],
  );
  await set('enable');
  t.same(await rowsOf(world.database, 'guest_book'), { answers: [], cursors: [], entries: [] });
});

t.test(
  'brings every row back as it was, in any order of references, and never gives an id again',
  async (t) => {
    const { world, host, set } = await guestBook(t);
    await set('enable');
    await fill(world);
    const before = await rowsOf(world.database, 'guest_book');
    const keys = await world.database.platform.query(
      'select conname, pg_get_constraintdef(oid) from pg_constraint order by 1, 2',
    );
    await set('disable');
    const { file } = await host.archive('guest-book');
    t.ok(file.startsWith(join(world.home, 'archives')));
    await host.purge('guest-book');

    await host.restore(file);
    t.same(await rowsOf(world.database, 'guest_book'), before);
    t.same(
      await world.database.platform.query(
        'select conname, pg_get_constraintdef(oid) from pg_constraint order by 1, 2',
      ),
      keys,
    );
    await set('enable');
    const [added] = await world.database.platform.query<{ id: number }>(
      'insert into guest_book.answers (store_id, entry_id) values ($1, 7) returning id',
      [world.stores.a.ref.id],
    );
    t.equal(added!.id, 2 * 1203 + 1);
  },
);

t.test('writes an archive that people can read', async (t) => {
  const { world, host, set } = await guestBook(t);
  await set('enable');
  await fill(world);
  await set('disable');
  const { file } = await host.archive('guest-book');
  const lines = gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.match(lines[0], {
    kontor: 'archive',
    plugin: 'guest-book',
    version: '1.0.0',
    migrations: ['0001-make-entries'],
    sequences: { 'guest_book.answers': 2406 },
  });
  t.same(lines.at(-1), {
    end: { 'guest_book.answers': 2406, 'guest_book.cursors': 1, 'guest_book.entries': 6 },
  });
  t.match(
    lines.find(({ row }) => row?.text === ''),
    { row: { text: '', parent_id: 7 } },
  );
});

t.test(
  'refuses half an archive, a foreign file and a plugin that is too old, and touches nothing',
  async (t) => {
    const { world, host, set } = await guestBook(t);
    await set('enable');
    await fill(world);
    await set('disable');
    const { file } = await host.archive('guest-book');
    const before = await rowsOf(world.database, 'guest_book');
    const text = gunzipSync(await readFile(file)).toString();
    const changed = (name: string, content: string | Buffer) => {
      writeFileSync(join(world.home, name), content);
      return host.restore(join(world.home, name));
    };
    await t.rejects(changed('cut.gz', gzipSync(text.split('\n').toSpliced(5, 1).join('\n'))), {
      message: /it is not whole/,
    });
    await t.rejects(changed('torn.gz', (await readFile(file)).subarray(0, 500)), {
      message: /does not read as an archive/,
    });
    await t.rejects(changed('other.gz', gzipSync('{}')), { message: /it is not whole/ });
    await t.rejects(changed('new.gz', gzipSync(text.replace('"version":"1.0.0"', '"version":"3.0.0"'))), {
      message: /install 3\.0\.0 or later/,
    });
    await t.rejects(host.restore(join(world.home, 'none.gz')), { message: /ENOENT/ });
    t.same(await rowsOf(world.database, 'guest_book'), before);
    await host.restore(file);
    t.same(await rowsOf(world.database, 'guest_book'), before);
  },
);
