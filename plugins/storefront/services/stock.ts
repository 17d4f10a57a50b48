import type { Cradle, Id, ProductCard, StockLevel } from 'kontor/sdk';

/** Stock by variant; undefined while nobody counts any. */
export type Levels = ReadonlyMap<Id, StockLevel> | undefined;

/** Whether a variant is counted, and there is none. */
export function isGone(levels: Levels, variantId: Id): boolean {
  const level = levels?.get(variantId);
  return level?.isTracked === true && !level.isBackOrderAllowed && level.available <= 0;
}

/** Products of which no variant can be had, by one statement. */
export async function soldOut(
  { inventory }: Pick<Cradle, 'inventory'>,
  cards: readonly ProductCard[],
): Promise<ReadonlySet<Id>> {
  const ids = cards.flatMap(({ variantIds }) => variantIds);
  const levels = ids.length > 0 ? await inventory?.levels(ids) : undefined;
  const gone = cards.filter(({ variantIds }) => variantIds.every((id) => isGone(levels, id)));
  return new Set(gone.map(({ id }) => id));
}
