import type { Catalog, Cradle, Id } from 'kontor/sdk';

/** Whether the catalogue has all of these variants; without a catalogue nobody knows better. */
export async function isVariant(
  services: Pick<Cradle, 'catalog' | 'stores'>,
  variantIds: readonly Id[],
): Promise<boolean> {
  const { catalog, stores } = services as { catalog?: Catalog; stores: Cradle['stores'] };
  if (!catalog) return true;
  const wanted = [...new Set(variantIds)];
  const lines = wanted.map((variantId) => ({ variantId, quantity: 1 }));
  const found = await catalog.sellable({ lines, currency: stores.current().currency });
  return found.length === wanted.length;
}
