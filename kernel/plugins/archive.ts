import { mkdir, rename } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { gte } from 'semver';
import type { PluginHost, PluginState } from '../parts.ts';
import { checkedHeader, type Header, rowsOf, writeArchive } from './archive-file.ts';
import type { Found } from './discover.ts';
import { errors } from './errors.ts';
import type { PluginHostDeps, World } from './index.ts';
import { migrationsOf } from './load.ts';
import { createShelf } from './shelf.ts';
import type { PluginStates } from './state.ts';

/**
 * Takes a plugin's rows out into a file, away, and back in again. Rows of the kernel about it (settings, permissions of
 * roles, deliveries) are not in the file.
 */
export function createArchives(
  deps: PluginHostDeps & {
    look: () => Promise<World>;
    states: PluginStates;
    change: (write: () => Promise<void>) => Promise<void>;
  },
): Pick<PluginHost, 'archive' | 'purge' | 'restore'> {
  const { migrator, states } = deps;
  const { platform } = deps.database;
  const shelf = createShelf(deps);
  const home = join(deps.config.home, 'archives');

  async function known(id: string, wanted: readonly PluginState[], fix: string) {
    const world = await deps.look();
    const row = world.rows.get(id);
    if (!row) throw new errors.KERNEL_ERR_UNKNOWN_PLUGIN(id, 'see `kontor plugins list`');
    if (!wanted.includes(row.state)) throw new errors.KERNEL_ERR_PLUGIN_STATE(id, row.state, fix);
    return { version: row.version, state: row.state, found: world.found.get(id) };
  }

  /** Looked at again, now that nobody else changes it: much may have happened while rows were carried. */
  const become = (id: string, state: PluginState, ...judged: [wanted: readonly PluginState[], fix: string]) =>
    deps.change(async () => {
      await known(id, ...judged);
      await states.setState([id], state);
    });

  /** Why a plugin cannot take an archive back: it must be there, not older, and know every step that was taken. */
  async function whyNot({ plugin, version, migrations }: Header, found: Found): Promise<string | undefined> {
    const now = found.manifest.version;
    if (!gte(now, version))
      return `it was made by ${plugin} ${version}, found ${now}; install ${version} or later`;
    const names = new Set((await migrationsOf(found)).map(({ name }) => name));
    const missing = migrations.find((name) => !names.has(name));
    return missing && `its step ${missing} is not among the migrations of ${plugin} ${now}`;
  }

  async function refill(file: string, header: Header, found: Found): Promise<void> {
    const { plugin, migrations, sequences } = header;
    const steps = await migrationsOf(found);
    await migrator.purge(plugin);
    await migrator.prepare(plugin);
    const taken = steps.filter(({ name }) => migrations.includes(name));
    await migrator.up(plugin, taken);
    await shelf.fill(plugin, sequences, async (put) => {
      for await (const { table, rows } of rowsOf(file)) await put(table, rows);
    });
    await migrator.up(plugin, steps);
  }

  return {
    async archive(id) {
      const fix = 'disable it first, so that nothing writes meanwhile';
      const { version, found } = await known(id, ['disabled'], fix);
      const archivedAt = deps.clock.now().toISOString();
      const file = join(home, `${id}-${version}-${archivedAt.replaceAll(/[:.]/g, '-')}.jsonl.gz`);
      await mkdir(home, { recursive: true, mode: 0o700 });
      // One snapshot for all tables; the file gets its name when it is whole.
      await platform.transaction(async () => {
        await platform.query('set transaction isolation level repeatable read');
        const tables = await shelf.tables(id);
        const header: Header = {
          kontor: 'archive',
          plugin: id,
          version,
          manifest: found?.manifest,
          archivedAt,
          migrations: await migrator.applied(id),
          sequences: Object.fromEntries(
            tables.flatMap(({ name, last }) => (last === null ? [] : [[name, last]])),
          ),
        };
        await writeArchive({ file: `${file}.part`, header, tables, pages: shelf.pages });
      });
      await rename(`${file}.part`, file);
      await become(id, 'archived', ['disabled'], fix);
      return { file };
    },
    async purge(id) {
      const fix = 'archive it first';
      const { found } = await known(id, ['archived'], fix);
      await migrator.purge(id);
      for (const takeAway of deps.purgers) await takeAway(id);
      // While its files are there it stays known, so that nothing turns it on again by itself.
      if (found) await become(id, 'installed', ['archived'], fix);
      else await deps.change(() => states.remove(id));
    },
    async restore(named) {
      // A bare name is one that archiving gave.
      const file = named.includes(sep) ? named : join(home, named);
      const header = await checkedHeader(file);
      const { plugin, version } = header;
      const fix = 'its rows are here and would be lost; archive it first';
      const { found, state } = await known(plugin, ['archived', 'installed'], fix);
      const refusal = found
        ? await whyNot(header, found)
        : `the files of ${plugin} ${version} are not here; put them in place first`;
      if (!found || refusal) throw new errors.KERNEL_ERR_ARCHIVE(file, refusal);
      // Closed meanwhile: nobody enables it with half of its rows, not even after a crash.
      await become(plugin, 'archived', ['archived', 'installed'], fix);
      try {
        await refill(file, header, found);
      } catch (cause) {
        await migrator.purge(plugin);
        await become(plugin, state, ['archived'], fix);
        throw new errors.KERNEL_ERR_ARCHIVE(file, (cause as Error).message, { cause });
      }
      await become(plugin, 'disabled', ['archived'], fix);
    },
  };
}
