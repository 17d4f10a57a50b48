import { stringify } from 'csv-stringify/sync';
import type { Product, StockLevel, Variant } from 'kontor/sdk';
import { amountText, safeCell } from './cells.ts';
import {
  type Field,
  FIELDS,
  headingOf,
  type Layout,
  SHOPIFY_HEADINGS,
  SPOKEN,
  type Spoken,
} from './fields.ts';

type Told = {
  format: Layout['format'];
  /** Of the currency behind the point. */
  digits: number;
  /** Languages besides the store's own. */
  locales: readonly string[];
  /** Where pictures are: `https://shop.example.lu`. */
  origin: string;
  stock: ReadonlyMap<number, StockLevel>;
};
type Cells = Partial<Record<Field | Spoken, string>>;

const OWN: readonly Field[] = FIELDS.filter(
  (field) => !['published', 'taxable', 'stock_tracker', 'stock_policy', 'gift_card'].includes(field),
);

/** The heading of an export, as one line of CSV. */
export function headingLine({ format, locales }: Pick<Told, 'format' | 'locales'>): string {
  return stringify([format === 'shopify' ? SHOPIFY_HEADINGS : [...OWN, ...spokenFields(locales)]]);
}

/**
 * Products as lines of CSV: a row for each variant, and for each picture more than there are variants. Reading them again
 * gives the same products.
 */
export function productLines(products: readonly Product[], told: Told): string {
  const fields = told.format === 'shopify' ? FIELDS.filter((field) => headingOf(field, 'shopify')) : OWN;
  const order: readonly (Field | Spoken)[] =
    told.format === 'shopify'
      ? SHOPIFY_HEADINGS.map((heading) => fields.find((field) => headingOf(field, 'shopify') === heading)!)
      : [...fields, ...spokenFields(told.locales)];
  const rows = products.flatMap((product) => rowsOf(product, told));
  return stringify(rows.map((cells) => order.map((field) => safeCell(cells[field] ?? ''))));
}

function spokenFields(locales: readonly string[]): Spoken[] {
  return locales.flatMap((locale) => SPOKEN.map((name): Spoken => `${name}.${locale}`));
}

function rowsOf(product: Product, told: Told): Cells[] {
  const { handle, pictures, variants } = product;
  const count = Math.max(variants.length, pictures.length);
  return Array.from({ length: count }, (_, index) => ({
    handle,
    ...(index === 0 && productCells(product, told)),
    ...(variants[index] && variantCells(product, variants[index], told)),
    ...(pictures[index] && pictureCells(product, index, told)),
  }));
}

function productCells(product: Product, { format, locales }: Told): Cells {
  const { options, seo, safety } = product;
  const names = Object.fromEntries(options.map(({ name }, at) => [`option${at + 1}_name`, name]));
  return {
    title: product.title,
    description: product.description,
    vendor: product.vendor,
    type: product.type,
    tags: product.tags.join(', '),
    kind: product.kind,
    state: product.state,
    publish_at: product.publishAt?.toISOString() ?? '',
    unpublish_at: product.unpublishAt?.toISOString() ?? '',
    tax_class: product.taxClass,
    published: String(product.state === 'active'),
    gift_card: 'false',
    seo_title: seo.title,
    seo_description: seo.description,
    safety: Object.keys(safety).length > 0 ? JSON.stringify(safety) : '',
    ...(format === 'shopify' && options.length === 0 ? { option1_name: 'Title' } : names),
    ...Object.assign({}, ...locales.map((locale) => spokenCells(product, locale))),
  };
}

function spokenCells({ translations }: Product, locale: string): Cells {
  const texts = translations[locale] ?? {};
  return {
    [`title.${locale}`]: texts.title,
    [`description.${locale}`]: texts.description,
    [`seo_title.${locale}`]: texts.seo?.title,
    [`seo_description.${locale}`]: texts.seo?.description,
    [`handle.${locale}`]: texts.handle,
    [`options.${locale}`]: texts.options && JSON.stringify(texts.options),
  };
}

function variantCells(product: Product, variant: Variant, told: Told): Cells {
  const { digits, format, stock } = told;
  const level = stock.get(variant.id);
  const values = Object.fromEntries(variant.options.map((value, at) => [`option${at + 1}_value`, value]));
  const picture = product.pictures.find(({ mediaId }) => mediaId === variant.pictureId);
  const money = (amount: number | null) => (amount === null ? '' : amountText(amount, digits));
  return {
    ...(format === 'shopify' && product.options.length === 0 ? { option1_value: 'Default Title' } : values),
    sku: variant.sku,
    barcode: variant.barcode,
    mpn: variant.mpn,
    price: money(variant.amount),
    compare_at_price: money(variant.compareAtAmount),
    cost: money(variant.costAmount),
    prices: variant.prices.length > 0 ? JSON.stringify(variant.prices) : '',
    weight_grams: String(variant.weightGrams),
    requires_shipping: String(variant.requiresShipping),
    taxable: String(!['exempt', 'zero'].includes(product.taxClass)),
    unit: variant.unit ? JSON.stringify(variant.unit) : '',
    stock: level?.isTracked ? String(level.onHand) : '',
    stock_is_tracked: String(level?.isTracked === true),
    may_be_back_ordered: String(level?.isBackOrderAllowed === true),
    stock_tracker: level?.isTracked ? 'shopify' : '',
    stock_policy: level?.isBackOrderAllowed ? 'continue' : 'deny',
    ...(picture && { variant_picture: `${told.origin}${picture.path}` }),
  };
}

function pictureCells({ pictures }: Product, index: number, { origin }: Told): Cells {
  const { path, alt } = pictures[index]!;
  const words = Object.values(alt)[0] ?? '';
  return { picture: `${origin}${path}`, picture_position: String(index + 1), picture_alt: words };
}
