import type { Cradle, Id, Variant } from 'kontor/sdk';
import type { RuleFacts } from './collection-rules.ts';

type Row = Pick<RuleFacts, 'title' | 'vendor' | 'type' | 'tags'> & {
  id: Id;
  variants: Pick<Variant, 'id' | 'amount' | 'compareAtAmount' | 'weightGrams' | 'sku'>[];
};

/**
 * What rules look at, of many products in one statement, and one of the inventory's where stock counts.
 *
 * @param needsStock - whether any rule asks for it
 */
export async function readFacts(
  services: Cradle,
  { productIds, needsStock }: { productIds: readonly Id[]; needsStock: boolean },
): Promise<Map<Id, RuleFacts>> {
  const { database, stores } = services;
  const rows = await database.query<Row>(FACTS, [stores.current().id, productIds]);
  const stockOf = needsStock ? await readStock(services, rows) : () => null;
  return new Map(rows.map((row) => [row.id, factsOf(row, stockOf(row))]));
}

function factsOf({ title, vendor, type, tags, variants }: Row, stock: number | null): RuleFacts {
  return {
    title,
    vendor,
    type,
    tags,
    amounts: variants.map(({ amount }) => amount),
    compareAtAmounts: variants.flatMap(({ compareAtAmount }) => compareAtAmount ?? []),
    weights: variants.map(({ weightGrams }) => weightGrams),
    skus: variants.map(({ sku }) => sku),
    stock,
  };
}

/** Sums what is available; null when a variant is not counted, so that it can always be sold. */
async function readStock(services: Cradle, rows: readonly Row[]): Promise<(row: Row) => number | null> {
  const ids = rows.flatMap(({ variants }) => variants.map(({ id }) => id));
  const levels = await services.inventory?.levels(ids);
  return ({ variants }) => {
    const known = variants.flatMap(({ id }) => levels?.get(id) ?? []).filter(({ isTracked }) => isTracked);
    if (known.length < variants.length || known.length === 0) return null;
    return known.reduce((sum, { available }) => sum + available, 0);
  };
}

const FACTS = `
  select id, document->>'title' as title, document->>'vendor' as vendor, document->>'type' as type, document->'tags' as tags, variants
  from catalog.products where store_id = $1 and id = any($2)`;
