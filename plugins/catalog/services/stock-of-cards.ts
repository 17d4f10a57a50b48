import type { Cradle, Id, ProductCard, StockLevel } from 'kontor/sdk';

type Levels = ReadonlyMap<Id, StockLevel>;

/** Stock of variants by one query; empty where the store has no inventory, so that everything can be sold. */
export async function levelsOf(services: Cradle, variantIds: readonly Id[]): Promise<Levels> {
  return (variantIds.length > 0 && (await services.inventory?.levels(variantIds))) || new Map();
}

/** Whether one can be had now. */
export function isAvailable(levels: Levels, variantId: Id): boolean {
  const level = levels.get(variantId);
  return !level?.isTracked || level.isBackOrderAllowed || level.available > 0;
}

/** What is available of all variants of a card; null where nothing is counted. */
export function availableOf(levels: Levels, { variantIds }: Pick<ProductCard, 'variantIds'>): number | null {
  const counted = variantIds.flatMap((id) => levels.get(id) ?? []).filter(({ isTracked }) => isTracked);
  return counted.length === 0 ? null : counted.reduce((sum, { available }) => sum + available, 0);
}
