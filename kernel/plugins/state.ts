import type { PluginChange, PluginState } from '../parts.ts';
import type { Found } from './discover.ts';
import type { PluginHostDeps } from './index.ts';

/** A plugin as the platform remembers it. */
export type PluginRow = { id: string; version: string; state: PluginState; changed_at: Date };
/** One tier, or one store. */
type Part = Exclude<PluginChange['scope'], 'platform'>;

export type PluginStates = ReturnType<typeof createPluginStates>;

/** The rows that say which plugins are known, and where they are on. */
export function createPluginStates({ clock, database }: PluginHostDeps) {
  const { query } = database.platform;

  return {
    /** Notes what was found for the first time; a bundled plugin is on at once, others wait for an admin. */
    async register(found: readonly Found[]): Promise<Map<string, PluginRow>> {
      const sql = 'select id, version, state, changed_at from kernel.plugins order by id';
      const rows = await query<PluginRow>(sql);
      const fresh = found.filter(({ manifest }) => !rows.some(({ id }) => id === manifest.id));
      for (const { manifest, source } of fresh) {
        const state = source === 'bundled' && manifest.autoEnable !== false ? 'enabled' : 'installed';
        await query(
          `insert into kernel.plugins (id, version, state, first_found, changed_at) values ($1, $2, $3, $4, $4)
           on conflict (id) do nothing`,
          [manifest.id, manifest.version, state, clock.now()],
        );
      }
      const known = fresh.length > 0 ? await query<PluginRow>(sql) : rows;
      return new Map(known.map((row) => [row.id, row]));
    },
    async setState(ids: readonly string[], state: PluginState): Promise<void> {
      const sql = 'update kernel.plugins set state = $2, changed_at = $3 where id = any($1)';
      await query(sql, [ids, state, clock.now()]);
    },
    async setVersion(id: string, version: string): Promise<void> {
      await query('update kernel.plugins set version = $2 where id = $1', [id, version]);
    },
    /** Forgets a plugin whose files are gone. */
    async remove(id: string): Promise<void> {
      await query('delete from kernel.plugins where id = $1', [id]);
    },
    async setOn(part: Part, ids: readonly string[], isOn: boolean): Promise<void> {
      const [table, column, value] =
        'tier' in part
          ? ['kernel.tier_plugins', 'tier', part.tier]
          : ['kernel.store_plugins', 'store_id', part.storeId];
      await query(
        `insert into ${table} (${column}, plugin, is_on) select $1, unnest($2::text[]), $3
         on conflict (${column}, plugin) do update set is_on = excluded.is_on`,
        [value, ids, isOn],
      );
    },
    /** What is off for a tier or a store, and of that for the store's tier; undefined when there is no such tier or store. */
    async offIn(part: Part): Promise<Record<'off' | 'offForTier', ReadonlySet<string>> | undefined> {
      const [place, value] =
        'tier' in part
          ? ['select code as tier, null::bigint as store_id from kernel.tiers where code = $1', part.tier]
          : [
              `select m.tier, s.id as store_id from kernel.stores s join kernel.merchants m on m.id = s.merchant_id
               where s.id = $1`,
              part.storeId,
            ];
      const [row] = await query<{ off_for_tier: string[]; off_for_store: string[] }>(
        `select array(select t.plugin from kernel.tier_plugins t where t.tier = place.tier and not t.is_on) as off_for_tier,
           array(select s.plugin from kernel.store_plugins s
             where s.store_id = place.store_id and not s.is_on) as off_for_store
         from (${place}) place`,
        [value],
      );
      // As the gate decides: a store cannot have what its tier has not.
      return (
        row && {
          off: new Set([...row.off_for_tier, ...row.off_for_store]),
          offForTier: new Set(row.off_for_tier),
        }
      );
    },
  };
}
