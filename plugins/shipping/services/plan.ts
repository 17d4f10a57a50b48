import type { Cradle, ShippingZone } from 'kontor/sdk';
import { readZones } from './read-zones.ts';

/** Value of the setting that names the zones and rates of a store as they are now. */
export type Revision = { revision: string };

const MOST_STORES = 2000; // about 5 kB each; past it the one that came first goes

/**
 * Keeps zones and rates in the process. A setting of the store names their newest revision: settings reach every process,
 * so that what is kept under another name is known to be old.
 *
 * @returns zones of the current store with their rates, in order; no query when warm
 */
export function createPlan({ database, settings, stores }: Pick<Cradle, 'database' | 'settings' | 'stores'>) {
  const kept = new Map<number, { revision: string; zones: Promise<readonly ShippingZone[]> }>();

  return async (): Promise<readonly ShippingZone[]> => {
    const storeId = stores.current().id;
    const { revision } = await settings.get<Revision>();
    const known = kept.get(storeId);
    if (known?.revision === revision) return known.zones;
    const zones = readZones(database, storeId);
    zones.catch(() => kept.delete(storeId));
    kept.delete(storeId);
    kept.set(storeId, { revision, zones });
    if (kept.size > MOST_STORES) kept.delete(kept.keys().next().value!);
    return zones;
  };
}
