import type { Cradle, Id, ThemeTree } from 'kontor/sdk';
import type { BundledThemes } from './bundled.ts';
import type { Trees } from './trees.ts';

type Pointer = { readonly themeId: Id; readonly number: number };
type Seen = { readonly publication: number; readonly pointer: Pointer | undefined };

const MOST_STORES = 10_000; // pointers in memory, of a few bytes each

/**
 * What visitors of the current store see. Which version that is stands in one row; the setting `publication` says, without a
 * query and on every node at once, whether it is still the one that was read.
 */
export function createLive(needs: {
  services: Pick<Cradle, 'database' | 'settings' | 'stores'>;
  bundled: BundledThemes;
  trees: Trees;
}) {
  const { database, settings, stores } = needs.services;
  const seen = new Map<Id, Seen>();

  async function pointer(): Promise<Pointer | undefined> {
    const { id: storeId } = stores.current();
    const { publication } = await settings.get<{ publication: number }>();
    const known = seen.get(storeId);
    if (known?.publication === publication) return known.pointer;
    const [row] = await database.read<Pointer & { publication: number }>(
      'live-theme',
      `select theme_id as "themeId", number, publication_id as publication from storefront.live_themes
       where store_id = $1 and slot = 'live'`,
      [storeId],
    );
    if (seen.size >= MOST_STORES) seen.clear();
    // A replica may be behind what the setting says; it is asked again then.
    if ((row?.publication ?? 0) === publication) seen.set(storeId, { publication, pointer: row });
    return row;
  }

  return {
    async tree(): Promise<ThemeTree | undefined> {
      const live = await pointer();
      const own = live && (await needs.trees.open(live.themeId, live.number));
      return own ?? (await needs.bundled.preferred())?.tree;
    },
    pointer,
  };
}
