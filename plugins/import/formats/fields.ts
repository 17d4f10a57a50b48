/** What a column of a file may mean. These are also the headings of our own format. */
export const FIELDS = [
  'handle',
  'title',
  'description',
  'vendor',
  'type',
  'tags',
  'kind',
  'state',
  'publish_at',
  'unpublish_at',
  'tax_class',
  'seo_title',
  'seo_description',
  'safety',
  'option1_name',
  'option1_value',
  'option2_name',
  'option2_value',
  'option3_name',
  'option3_value',
  'sku',
  'barcode',
  'mpn',
  'price',
  'compare_at_price',
  'cost',
  'prices',
  'weight_grams',
  'requires_shipping',
  'unit',
  'stock',
  'stock_is_tracked',
  'may_be_back_ordered',
  'picture',
  'picture_position',
  'picture_alt',
  'variant_picture',
  // Of Shopify's format only:
  'published',
  'taxable',
  'stock_tracker',
  'stock_policy',
  'gift_card',
] as const;

export type Field = (typeof FIELDS)[number];
/** Fields that may carry a language, as `title.fr`. */
export const SPOKEN = ['title', 'description', 'seo_title', 'seo_description', 'handle', 'options'] as const;
export type Spoken = `${(typeof SPOKEN)[number]}.${string}`;
/** Field to the number of its column. */
export type Columns = ReadonlyMap<Field | Spoken, number>;

/** Shopify's headings, as its help pages list them for the product CSV. */
const SHOPIFY: Readonly<Record<string, Field>> = {
  Handle: 'handle',
  Title: 'title',
  'Body (HTML)': 'description',
  Vendor: 'vendor',
  Type: 'type',
  Tags: 'tags',
  Published: 'published',
  Status: 'state',
  'Option1 Name': 'option1_name',
  'Option1 Value': 'option1_value',
  'Option2 Name': 'option2_name',
  'Option2 Value': 'option2_value',
  'Option3 Name': 'option3_name',
  'Option3 Value': 'option3_value',
  'Variant SKU': 'sku',
  'Variant Grams': 'weight_grams',
  'Variant Inventory Tracker': 'stock_tracker',
  'Variant Inventory Qty': 'stock',
  'Variant Inventory Policy': 'stock_policy',
  'Variant Price': 'price',
  'Variant Compare At Price': 'compare_at_price',
  'Variant Requires Shipping': 'requires_shipping',
  'Variant Taxable': 'taxable',
  'Variant Barcode': 'barcode',
  'Image Src': 'picture',
  'Image Position': 'picture_position',
  'Image Alt Text': 'picture_alt',
  'Gift Card': 'gift_card',
  'SEO Title': 'seo_title',
  'SEO Description': 'seo_description',
  'Google Shopping / MPN': 'mpn',
  'Variant Image': 'variant_picture',
  'Cost per item': 'cost',
};

const NEEDED: readonly Field[] = ['handle', 'title', 'price'];

export type Layout = {
  readonly format: 'shopify' | 'kontor';
  readonly columns: Columns;
  /** Headings that mean nothing here. */
  readonly ignored: readonly string[];
  /** What must be there and is not. */
  readonly missing: readonly Field[];
};

/**
 * Finds out what the columns of a file mean.
 *
 * @param mapping - field to heading, where people know better
 */
export function layoutOf(
  headings: readonly string[],
  mapping: Readonly<Record<string, string>> = {},
): Layout {
  const isShopify = headings.includes('Handle') && headings.includes('Variant Price');
  const columns = new Map<Field | Spoken, number>();
  const wanted = new Map(Object.entries(mapping).map(([field, heading]) => [heading, field]));
  const ignored: string[] = [];
  for (const [index, heading] of headings.entries()) {
    const field = wanted.get(heading) ?? (isShopify ? shopifyField(heading) : ownField(heading));
    if (field !== undefined && isField(field)) columns.set(field, index);
    else if (heading !== '') ignored.push(heading);
  }
  const missing = NEEDED.filter((field) => !columns.has(field));
  return { format: isShopify ? 'shopify' : 'kontor', columns, ignored, missing };
}

/** The heading that a format has for a field. */
export function headingOf(field: Field, format: Layout['format']): string | undefined {
  if (format === 'kontor') return field;
  return Object.keys(SHOPIFY).find((heading) => SHOPIFY[heading] === field);
}

export const SHOPIFY_HEADINGS: readonly string[] = Object.keys(SHOPIFY);

function shopifyField(heading: string): Field | undefined {
  return Object.hasOwn(SHOPIFY, heading) ? SHOPIFY[heading] : undefined;
}

function ownField(heading: string): string {
  return heading.toLowerCase().replaceAll(' ', '_');
}

export function isField(text: string): text is Field | Spoken {
  if ((FIELDS as readonly string[]).includes(text)) return true;
  const [name = '', locale] = text.split('.');
  return (SPOKEN as readonly string[]).includes(name) && /^[a-z]{2}(-[a-z]{2})?$/.test(locale ?? '');
}
