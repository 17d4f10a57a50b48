import type {
  Catalog,
  Cradle,
  Id,
  Picture,
  ProductKind,
  ProductState,
  SellableVariant,
  Variant,
} from 'kontor/sdk';
import { localisedOptions, localisedValues, textsFor, variantTitle } from './localise.ts';
import { priceFor } from './price-for.ts';
import { isVisible } from './rows.ts';
import type { Card, CardTexts } from './card.ts';

type Row = {
  id: Id;
  product_id: Id;
  currency: string;
  document: Omit<Variant, 'id'>;
  picture: Picture | null;
  kind: ProductKind;
  tax_class: string;
  vendor: string;
  type: string;
  state: ProductState;
  publish_at: Date | null;
  unpublish_at: Date | null;
  title: string;
  handle: string;
  options: Card['options'];
  texts: Record<string, CardTexts>;
};

// Where the planner sees which and how many, it plans the statement anew each time, for longer than it takes to run.
const SELLABLE = `select v.id, v.product_id, v.currency, v.document, v.picture, p.kind, p.tax_class, p.vendor, p.type,
  p.state, p.publish_at, p.unpublish_at, p.card->'title' as title, p.card->'handle' as handle, p.card->'options' as options, p.texts
  from catalog.variants v join catalog.cards p on p.store_id = $1 and p.product_id = v.product_id
  where v.store_id = $1 and v.id = any((select $2::bigint[])::bigint[])`;

/** What carts ask: variants with the price of this buyer, by one statement. */
export function createReadSellable({
  clock,
  database,
  stores,
}: Pick<Cradle, 'clock' | 'database' | 'stores'>): Pick<Catalog, 'sellable'> {
  return {
    async sellable({ lines, currency, group = '', locale }) {
      if (lines.length === 0) return [];
      const ids = [...new Set(lines.map(({ variantId }) => variantId))];
      const rows = await database.read<Row>('sellable', SELLABLE, [stores.current().id, ids]);
      const byId = new Map(rows.map((row) => [row.id, row]));
      const now = clock.now();
      return lines.flatMap(({ variantId, quantity }) => {
        const row = byId.get(variantId);
        return row ? [sellableOf(row, { quantity, currency, group, locale, now })] : [];
      });
    },
  };
}

function sellableOf(
  row: Row,
  asked: { quantity: number; currency: string; group: string; locale: string | undefined; now: Date },
): SellableVariant {
  const { document: variant } = row;
  const texts = textsFor(row.texts, asked.locale);
  const options = localisedOptions(row.options, texts?.options);
  const values = localisedValues(variant.options, row.options, options);
  const price = priceFor({ ...variant, currency: row.currency }, asked);
  const visible = isVisible(
    { state: row.state, publishAt: row.publish_at, unpublishAt: row.unpublish_at },
    asked.now,
  );
  return {
    variantId: row.id,
    productId: row.product_id,
    handle: texts?.handle || row.handle,
    kind: row.kind,
    title: texts?.title || row.title,
    variantTitle: variantTitle(values),
    options: options.map(({ name }, at) => ({ name, value: values[at] ?? '' })),
    sku: variant.sku,
    vendor: row.vendor,
    type: row.type,
    taxClass: row.tax_class,
    weightGrams: variant.weightGrams,
    requiresShipping: variant.requiresShipping,
    picture: row.picture,
    unitAmount: price?.amount ?? 0,
    compareAtAmount: price?.compareAtAmount ?? null,
    isForSale: visible && price !== undefined,
  };
}
