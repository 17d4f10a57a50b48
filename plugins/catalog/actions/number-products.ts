import type { Database, Id, Product } from 'kontor/sdk';
import type { Entry } from './wish.ts';
import type { Written } from './write-products.ts';

/** Products as they are to be written: new ones and new variants get their ids, by one statement. */
export async function numberProducts(
  database: Database,
  { entries, now, keepsVersion }: { entries: readonly Entry[]; now: Date; keepsVersion: boolean },
): Promise<Written[]> {
  const ids = await newIds(database, {
    products: entries.filter(({ existing }) => !existing).length,
    variants: entries.flatMap(({ draft }) => draft.variants).filter(({ id }) => id === 0).length,
  });
  return entries.map((entry) => {
    const { existing, draft } = entry;
    const after: Product = {
      ...draft,
      id: existing?.id ?? ids.products.shift()!,
      version: (existing?.version ?? 0) + (existing && keepsVersion ? 0 : 1),
      variants: draft.variants.map((variant) => ({ ...variant, id: variant.id || ids.variants.shift()! })),
      collectionIds: existing?.collectionIds ?? [],
      createdAt: existing?.createdAt ?? now,
      updatedAt: now,
    };
    // The caller's answer names the product, new or not.
    entry.draft = after;
    return { after, before: existing };
  });
}

async function newIds(
  database: Database,
  { products, variants }: { products: number; variants: number },
): Promise<{ products: Id[]; variants: Id[] }> {
  if (products + variants === 0) return { products: [], variants: [] };
  const [row] = await database.query<{ products: Id[]; variants: Id[] }>(
    `select
       (select coalesce(jsonb_agg(nextval('catalog.products_id_seq')), '[]') from generate_series(1, $1)) as products,
       (select coalesce(jsonb_agg(nextval('catalog.variants_id_seq')), '[]') from generate_series(1, $2)) as variants`,
    [products, variants],
  );
  return row!;
}
