import type { KernelServices } from 'kontor/sdk';
import type { KernelDatabase, PluginChange, PluginState } from '../parts.ts';
import type { Found } from './discover.ts';

/** A plugin as the platform remembers it. */
export type PluginRow = { id: string; version: string; state: PluginState; changed_at: Date };
/** One tier, or one store. */
type Part = Exclude<PluginChange['scope'], 'platform'>;

export type PluginStates = ReturnType<typeof createPluginStates>;

/** The rows that say which plugins are known, and where they are on. */
export function createPluginStates(deps: { database: KernelDatabase; clock: KernelServices['clock'] }) {
  const { query } = deps.database.platform;

  async function all(): Promise<Map<string, PluginRow>> {
    const rows = await query<PluginRow>(
      'select id, version, state, changed_at from kernel.plugins order by id',
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async function setState(ids: readonly string[], state: PluginState): Promise<void> {
    const sql = 'update kernel.plugins set state = $2, changed_at = $3 where id = any($1)';
    await query(sql, [ids, state, deps.clock.now()]);
  }

  return {
    setState,
    /** Notes what was found for the first time; a bundled plugin is on at once, others wait for an admin. */
    async register(found: readonly Found[]): Promise<Map<string, PluginRow>> {
      const known = await all();
      const fresh = found.filter(({ manifest }) => !known.has(manifest.id));
      for (const { manifest, source } of fresh) {
        const state = source === 'bundled' && manifest.autoEnable !== false ? 'enabled' : 'installed';
        await query(
          `insert into kernel.plugins (id, version, state, first_found, changed_at) values ($1, $2, $3, $4, $4)
           on conflict (id) do nothing`,
          [manifest.id, manifest.version, state, deps.clock.now()],
        );
      }
      return fresh.length === 0 ? known : all();
    },
    async setVersion(id: string, version: string): Promise<void> {
      await query('update kernel.plugins set version = $2 where id = $1', [id, version]);
    },
    async setOn(part: Part, ids: readonly string[], isOn: boolean): Promise<void> {
      const { table, column, value } = placeOf(part);
      for (const id of ids) {
        await query(
          `insert into ${table} (${column}, plugin, is_on) values ($1, $2, $3)
           on conflict (${column}, plugin) do update set is_on = excluded.is_on`,
          [value, id, isOn],
        );
      }
    },
    /** What is said of plugins for one tier or store; a plugin left out is on. */
    async saidOf(part: Part): Promise<[plugin: string, isOn: boolean][]> {
      const { table, column, value } = placeOf(part);
      const sql = `select plugin, is_on from ${table} where ${column} = $1 order by plugin`;
      const rows = await query<{ plugin: string; is_on: boolean }>(sql, [value]);
      return rows.map(({ plugin, is_on }) => [plugin, is_on]);
    },
    /** The tier of a store, or the tier itself; undefined when there is no such store or tier. */
    async tierOf(part: Part): Promise<string | undefined> {
      const sql =
        'tier' in part
          ? 'select code as tier from kernel.tiers where code = $1'
          : 'select m.tier from kernel.stores s join kernel.merchants m on m.id = s.merchant_id where s.id = $1';
      return (await query<{ tier: string }>(sql, [placeOf(part).value]))[0]?.tier;
    },
    /** Forgets a purged plugin. While its files are there it stays known, so that nothing turns it on again by itself. */
    async forget(id: string, isStillThere: boolean): Promise<void> {
      await query('delete from kernel.store_plugins where plugin = $1', [id]);
      await query('delete from kernel.tier_plugins where plugin = $1', [id]);
      if (isStillThere) await setState([id], 'installed');
      else await query('delete from kernel.plugins where id = $1', [id]);
    },
  };
}

function placeOf(part: Part) {
  return 'tier' in part
    ? { table: 'kernel.tier_plugins', column: 'tier', value: part.tier }
    : { table: 'kernel.store_plugins', column: 'store_id', value: part.storeId };
}
