import { mkdir, rename } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { KernelServices } from 'kontor/sdk';
import { gte } from 'semver';
import type { Config, KernelDatabase, Migrator, PluginHost, PluginState } from '../parts.ts';
import { checkedHeader, type Header, readRows, writeArchive } from './archive-file.ts';
import type { Found } from './discover.ts';
import { errors } from './errors.ts';
import type { World } from './index.ts';
import { migrationsOf } from './load.ts';
import { createShelf } from './shelf.ts';
import type { PluginStates } from './state.ts';

/**
 * Takes a plugin's rows out into a file, away, and back in again. Rows of the kernel about it (settings, permissions of
 * roles, deliveries) are not in the file.
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
  change: (write: () => Promise<void>) => Promise<void>;
}): Pick<PluginHost, 'archive' | 'purge' | 'restore'> {
  const { database, migrator, states } = deps;
  const shelf = createShelf({ database, migrator });
  const home = join(deps.config.home, 'archives');

  async function known(id: string, wanted: readonly PluginState[], fix: string) {
    const world = await deps.look();
    const row = world.rows.get(id);
    if (!row) throw new errors.KERNEL_ERR_UNKNOWN_PLUGIN(id, 'see `kontor plugins list`');
    if (!wanted.includes(row.state)) throw new errors.KERNEL_ERR_PLUGIN_STATE(id, row.state, fix);
    return { row, found: world.found.find(({ manifest }) => manifest.id === id) };
  }

  const become = (id: string, state: PluginState) => deps.change(() => states.setState([id], state));

  async function archive(id: string): Promise<{ file: string }> {
    const { row, found } = await known(
      id,
      ['disabled'],
      'disable it first, so that nothing writes meanwhile',
    );
    const archivedAt = deps.clock.now().toISOString();
    const file = join(home, `${id}-${row.version}-${archivedAt.replaceAll(/[:.]/g, '-')}.jsonl.gz`);
    const tables = await shelf.tables(id);
    await mkdir(home, { recursive: true, mode: 0o700 });
    // One snapshot for all tables; the file gets its name when it is whole.
    await database.platform.transaction(async () => {
      await database.platform.query('set transaction isolation level repeatable read');
      const [migrations, sequences] = [await migrator.applied(id), await shelf.sequences(id, tables)];
      const about = { plugin: id, version: row.version, manifest: found?.manifest };
      const header: Header = { kontor: 'archive', ...about, archivedAt, migrations, sequences };
      await writeArchive({ file: `${file}.part`, header, tables, pages: shelf.pages });
    });
    await rename(`${file}.part`, file);
    await become(id, 'archived');
    return { file };
  }

  async function purge(id: string): Promise<void> {
    const { found } = await known(id, ['archived'], 'archive it first');
    await migrator.purge(id);
    for (const takeAway of deps.purgers) await takeAway(id);
    deps.runtime.forget(id);
    await deps.change(() => states.forget(id, found !== undefined));
  }

  async function restore(named: string): Promise<void> {
    // A bare name is one that archiving gave.
    const file = named.includes(sep) ? named : join(home, named);
    const header = await checkedHeader(file);
    const fix = 'its rows are here and would be lost; archive it first';
    const { found } = await known(header.plugin, ['archived', 'installed'], fix);
    const refusal = await whyNot(header, found);
    if (!found || refusal) throw new errors.KERNEL_ERR_ARCHIVE(file, refusal);
    await refill(file, header, found);
    await become(header.plugin, 'disabled');
  }

  async function refill(file: string, header: Header, found: Found): Promise<void> {
    const { plugin, migrations, sequences } = header;
    const steps = await migrationsOf(found);
    await migrator.purge(plugin);
    deps.runtime.forget(plugin);
    try {
      await migrator.prepare(plugin);
      const taken = steps.filter(({ name }) => migrations.includes(name));
      await migrator.up(plugin, taken);
      const tables = await shelf.tables(plugin);
      const fill = () => database.platform.transaction(() => readRows({ file, tables, take: shelf.insert }));
      await shelf.withoutReferences(plugin, fill);
      await shelf.setSequences(plugin, sequences, tables);
      await migrator.up(plugin, steps);
    } catch (cause) {
      await migrator.purge(plugin);
      throw new errors.KERNEL_ERR_ARCHIVE(file, (cause as Error).message, { cause });
    }
  }

  return { archive, purge, restore };
}

/** Why a plugin cannot take an archive back: it must be there, not older, and know every step that was taken. */
async function whyNot({ plugin, version, migrations }: Header, found?: Found): Promise<string | undefined> {
  if (!found) return `the files of ${plugin} ${version} are not here; put them in place first`;
  const now = found.manifest.version;
  if (!gte(now, version))
    return `it was made by ${plugin} ${version}, found ${now}; install ${version} or later`;
  const steps = await migrationsOf(found);
  const missing = migrations.find((name) => !steps.some((step) => step.name === name));
  return missing && `its step ${missing} is not among the migrations of ${plugin} ${now}`;
}
