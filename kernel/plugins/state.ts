import type { KernelServices } from 'kontor/sdk';
import type { KernelDatabase, PluginChange, PluginState } from '../parts.ts';
import type { Found } from './discover.ts';

/** A plugin as the platform remembers it. */
export type PluginRow = {
  id: string;
  version: string;
  state: PluginState;
  first_found: Date;
  changed_at: Date;
};

export type PluginStates = ReturnType<typeof createPluginStates>;

/** The rows that say which plugins are known, and where they are on. */
export function createPluginStates(deps: { database: KernelDatabase; clock: KernelServices['clock'] }) {
  const { query } = deps.database.platform;

  async function all(): Promise<Map<string, PluginRow>> {
    const rows = await query<PluginRow>('select * from kernel.plugins order by id');
    return new Map(rows.map((row) => [row.id, row]));
  }

  return {
    all,
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
    async setState(ids: readonly string[], state: PluginState): Promise<void> {
      const sql = 'update kernel.plugins set state = $2, changed_at = $3 where id = any($1)';
      await query(sql, [ids, state, deps.clock.now()]);
    },
    async setOn(
      scope: Exclude<PluginChange['scope'], 'platform'>,
      ids: readonly string[],
      isOn: boolean,
    ): Promise<void> {
      const [table, column, value] =
        'tier' in scope ? ['tier_plugins', 'tier', scope.tier] : ['store_plugins', 'store_id', scope.storeId];
      for (const id of ids) {
        await query(
          `insert into kernel.${table} (${column}, plugin, is_on) values ($1, $2, $3)
           on conflict (${column}, plugin) do update set is_on = excluded.is_on`,
          [value, id, isOn],
        );
      }
    },
    /** What is said of plugins for one tier or store; a plugin left out is on. */
    async saidOf(scope: Exclude<PluginChange['scope'], 'platform'>): Promise<Map<string, boolean>> {
      const [table, column, value] =
        'tier' in scope ? ['tier_plugins', 'tier', scope.tier] : ['store_plugins', 'store_id', scope.storeId];
      const rows = await query<{ plugin: string; is_on: boolean }>(
        `select plugin, is_on from kernel.${table} where ${column} = $1 order by plugin`,
        [value],
      );
      return new Map(rows.map(({ plugin, is_on }) => [plugin, is_on]));
    },
    /** The tier of a store, or the tier itself; undefined when there is no such store or tier. */
    async tierOf(scope: Exclude<PluginChange['scope'], 'platform'>): Promise<string | undefined> {
      const sql =
        'tier' in scope
          ? 'select code as tier from kernel.tiers where code = $1'
          : 'select m.tier from kernel.stores s join kernel.merchants m on m.id = s.merchant_id where s.id = $1';
      return (await query<{ tier: string }>(sql, ['tier' in scope ? scope.tier : scope.storeId]))[0]?.tier;
    },
    /** Forgets a purged plugin. While its files are there it stays known, so that nothing turns it on again by itself. */
    async forget(id: string, isStillThere: boolean): Promise<void> {
      await query('delete from kernel.store_plugins where plugin = $1', [id]);
      await query('delete from kernel.tier_plugins where plugin = $1', [id]);
      if (!isStillThere) await query('delete from kernel.plugins where id = $1', [id]);
      else await this.setState([id], 'installed');
    },
  };
}
