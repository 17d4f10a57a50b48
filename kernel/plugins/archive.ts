import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { KernelServices } from 'kontor/sdk';
import { gte } from 'semver';
import type { Config, KernelDatabase, Migrator, PluginHost, PluginState } from '../parts.ts';
import { errors } from './errors.ts';
import type { World } from './index.ts';
import { migrationsOf } from './load.ts';
import { createShelf, type TableShape } from './shelf.ts';
import type { PluginStates } from './state.ts';

/** First line of an archive; then a line for each table and row, and one with the counts at the end. */
type Header = {
  kontor: 'archive';
  plugin: string;
  version: string;
  archivedAt: string;
  /** Steps of its schema that were taken. */
  migrations: string[];
  /** Where the ids of each table stand. */
  sequences: Record<string, number>;
  manifest: unknown;
};
type Line = { table: string } | { end: Record<string, number> };

/**
 * Takes a plugin's rows out into a file that people can read (`gunzip -c file | head`), away, and back in again.
 * Rows of the kernel about it (settings, team roles, deliveries) are not in the file.
 */
export function createArchives(deps: {
  config: Config;
  clock: KernelServices['clock'];
  database: KernelDatabase;
  migrator: Migrator;
  purgers: readonly ((plugin: string) => Promise<void>)[];
  look: () => Promise<World>;
  states: PluginStates;
  runtime: { forget(id: string): void };
  afterChange: () => Promise<void>;
}): Pick<PluginHost, 'archive' | 'purge' | 'restore'> {
  const { database, migrator, states } = deps;
  const shelf = createShelf({ database, migrator });

  async function stateOf(id: string, wanted: readonly PluginState[], fix: string) {
    const world = await deps.look();
    const row = world.rows.get(id);
    if (!row) throw new errors.KERNEL_ERR_UNKNOWN_PLUGIN(id, 'see `kontor plugins list`');
    if (!wanted.includes(row.state)) throw new errors.KERNEL_ERR_PLUGIN_STATE(id, row.state, fix);
    return { row, found: world.found.find(({ manifest }) => manifest.id === id) };
  }

  async function* lines(header: Header, tables: readonly TableShape[]): AsyncGenerator<string> {
    yield `${JSON.stringify(header)}\n`;
    const counts: Record<string, number> = {};
    for (const table of tables) {
      counts[table.name] = 0;
      yield `${JSON.stringify({ table: table.name } satisfies Line)}\n`;
      for await (const rows of shelf.pages(table)) {
        counts[table.name]! += rows.length;
        yield rows.map((row) => `{"row":${row}}\n`).join('');
      }
    }
    yield `${JSON.stringify({ end: counts } satisfies Line)}\n`;
  }

  async function fill(file: string, header: Header): Promise<void> {
    const tables = await shelf.tables(header.plugin);
    let batch: string[] = [];
    let table: TableShape | undefined;
    const flush = async () => {
      if (table && batch.length > 0) await shelf.insert(table, batch);
      batch = [];
    };
    for await (const line of linesOf(file)) {
      if (line.startsWith('{"row":')) {
        batch.push(line.slice(7, -1)); // as text: a number of JavaScript would lose digits
        if (batch.length === 500) await flush();
      } else if (line.startsWith('{"table":')) {
        await flush();
        const { table: name } = JSON.parse(line) as { table: string };
        table = tables.find((one) => one.name === name);
        if (!table) throw new errors.KERNEL_ERR_ARCHIVE(file, `the plugin makes no table ${name}`);
      }
    }
    await flush();
  }

  return {
    async archive(id) {
      const { row, found } = await stateOf(
        id,
        ['disabled'],
        'disable it first, so that nothing writes meanwhile',
      );
      const folder = join(deps.config.home, 'archives');
      const file = join(
        folder,
        `${id}-${row.version}-${deps.clock.now().toISOString().replaceAll(/[:.]/g, '-')}.jsonl.gz`,
      );
      const tables = await shelf.tables(id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // One snapshot for all tables; the file gets its name when it is whole.
      await database.platform.transaction(async () => {
        await database.platform.query('set transaction isolation level repeatable read');
        const header: Header = {
          kontor: 'archive',
          plugin: id,
          version: row.version,
          archivedAt: deps.clock.now().toISOString(),
          migrations: await migrator.applied(id),
          sequences: await shelf.sequences(id, tables),
          manifest: found?.manifest,
        };
        const out = createWriteStream(`${file}.part`, { mode: 0o600 });
        await pipeline(Readable.from(lines(header, tables)), createGzip(), out);
      });
      await rename(`${file}.part`, file);
      await states.setState([id], 'archived');
      await deps.afterChange();
      return { file };
    },
    async purge(id) {
      const { found } = await stateOf(id, ['archived'], 'archive it first');
      await migrator.purge(id);
      for (const purge of deps.purgers) await purge(id);
      await states.forget(id, found !== undefined);
      deps.runtime.forget(id);
      await deps.afterChange();
    },
    async restore(named) {
      // A bare name is one that archiving gave.
      const file = named.includes(sep) ? named : join(deps.config.home, 'archives', named);
      const header = await checkedHeader(file);
      const { plugin: id, version } = header;
      const { found } = await stateOf(
        id,
        ['archived', 'installed'],
        'its rows are here and would be lost; archive it first',
      );
      if (!found)
        throw new errors.KERNEL_ERR_ARCHIVE(
          file,
          `the files of ${id} ${version} are not here; put them in place first`,
        );
      if (!gte(found.manifest.version, version)) {
        throw new errors.KERNEL_ERR_ARCHIVE(
          file,
          `it was made by ${id} ${version}, found ${found.manifest.version}; install ${version} or later`,
        );
      }
      const steps = await migrationsOf(found);
      const missing = header.migrations.find((name) => !steps.some((step) => step.name === name));
      if (missing)
        throw new errors.KERNEL_ERR_ARCHIVE(
          file,
          `its step ${missing} is not among the migrations of ${id} ${found.manifest.version}`,
        );
      await migrator.purge(id);
      deps.runtime.forget(id);
      try {
        await migrator.prepare(id);
        await migrator.up(
          id,
          steps.filter(({ name }) => header.migrations.includes(name)),
        );
        await shelf.withoutReferences(id, () => database.platform.transaction(() => fill(file, header)));
        await shelf.setSequences(id, header.sequences);
        await migrator.up(id, steps);
      } catch (cause) {
        await migrator.purge(id);
        throw new errors.KERNEL_ERR_ARCHIVE(file, (cause as Error).message, { cause });
      }
      await states.setState([id], 'disabled');
      await deps.afterChange();
    },
  };
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(file);
  const unpacked = createGunzip();
  const done = pipeline(input, unpacked);
  done.catch(() => undefined); // told below, to whoever reads
  yield* createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY });
  await done;
}

/** Reads the whole file once before anything is touched: half an archive must not take the place of rows. */
async function checkedHeader(file: string): Promise<Header> {
  let header: Header | undefined;
  let end: Record<string, number> | undefined;
  const counts: Record<string, number> = {};
  let table = '';
  try {
    for await (const line of linesOf(file)) {
      if (line.startsWith('{"row":')) counts[table]! += 1;
      else {
        const said = JSON.parse(line) as Header | Line;
        if ('kontor' in said) header = said;
        else if ('table' in said) {
          table = said.table;
          counts[table] = 0;
        } else end = said.end;
      }
    }
  } catch (cause) {
    throw new errors.KERNEL_ERR_ARCHIVE(
      file,
      `it does not read as an archive (${(cause as Error).message})`,
      { cause },
    );
  }
  if (header?.kontor !== 'archive' || JSON.stringify(end) !== JSON.stringify(counts)) {
    throw new errors.KERNEL_ERR_ARCHIVE(
      file,
      'it is not a whole archive; its last line must count the rows that are in it',
    );
  }
  return header;
}
