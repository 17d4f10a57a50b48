import type { Product, Variant } from 'kontor/sdk';
import type { Page } from '../page.ts';
import { mediaJson } from './image.ts';
import { cents } from './money.ts';
import { isAvailable, RULE, titleOf } from './product-self.ts';

/** A product in the shape that scripts of themes read: never the row. */
export function productJson(product: Product, page: Page): object {
  const { currency } = page.store;
  const variants = product.variants.map((variant) => variantJson(variant, product, page));
  const amounts = product.variants.map(({ amount }) => cents(amount, currency));
  const before = product.variants.flatMap(({ compareAtAmount }) =>
    compareAtAmount === null ? [] : cents(compareAtAmount, currency),
  );
  const [min, max] = [Math.min(...amounts), Math.max(...amounts)];
  return {
    id: product.id,
    title: product.title,
    handle: product.handle,
    description: product.description,
    published_at: product.publishAt ?? product.createdAt,
    created_at: product.createdAt,
    vendor: product.vendor,
    type: product.type,
    tags: product.tags,
    price: min,
    price_min: min,
    price_max: max,
    available: product.variants.some(({ id }) => isAvailable(page, id)),
    price_varies: min !== max,
    compare_at_price: before.length > 0 ? Math.min(...before) : null,
    compare_at_price_min: before.length > 0 ? Math.min(...before) : 0,
    compare_at_price_max: before.length > 0 ? Math.max(...before) : 0,
    compare_at_price_varies: new Set(before).size > 1,
    variants,
    images: product.pictures.map(({ path }) => path),
    featured_image: product.pictures[0]?.path ?? null,
    options: optionsJson(product).map((option) => (option as { name: string }).name),
    media: product.pictures.map((picture, at) =>
      mediaJson(picture, { position: at + 1, alt: picture.alt[page.locale] ?? product.title }),
    ),
    requires_selling_plan: false,
    selling_plan_groups: [],
    content: product.description,
    url: `/products/${encodeURIComponent(product.handle)}`,
  };
}

export function variantJson(variant: Variant, product: Product, page: Page): object {
  const { currency } = page.store;
  const at = product.pictures.findIndex(({ mediaId }) => mediaId === variant.pictureId);
  const picture = product.pictures[at];
  const title = titleOf(variant);
  const alt = picture?.alt[page.locale] ?? product.title;
  const { unit } = variant;
  return {
    id: variant.id,
    title,
    option1: variant.options[0] ?? title,
    option2: variant.options[1] ?? null,
    option3: variant.options[2] ?? null,
    sku: variant.sku,
    requires_shipping: variant.requiresShipping,
    taxable: true,
    featured_image: picture
      ? {
          id: picture.mediaId,
          product_id: product.id,
          position: at + 1,
          alt,
          width: picture.width,
          height: picture.height,
          src: picture.path,
          variant_ids: product.variants.flatMap(({ id, pictureId }) =>
            pictureId === picture.mediaId ? id : [],
          ),
        }
      : null,
    available: isAvailable(page, variant.id),
    name: product.options.length === 0 ? product.title : `${product.title} - ${title}`,
    public_title: product.options.length === 0 ? null : title,
    options: variant.options.length > 0 ? variant.options : [title],
    price: cents(variant.amount, currency),
    weight: variant.weightGrams,
    compare_at_price: variant.compareAtAmount === null ? null : cents(variant.compareAtAmount, currency),
    inventory_management: page.wants.get('level', String(variant.id))?.isTracked ? 'shopify' : null,
    barcode: variant.barcode,
    ...(picture && { featured_media: mediaJson(picture, { position: at + 1, alt }) }),
    ...(unit && {
      unit_price: cents(Math.round((variant.amount * unit.reference) / unit.quantity), currency),
      unit_price_measurement: {
        quantity_value: unit.quantity,
        quantity_unit: unit.unit,
        reference_value: unit.reference,
        reference_unit: unit.unit,
      },
    }),
    quantity_rule: RULE,
    requires_selling_plan: false,
    selling_plan_allocations: [],
  };
}

/** Options as scripts read them. */
function optionsJson({ options }: Product): object[] {
  if (options.length === 0) return [{ name: 'Title', position: 1, values: ['Default Title'] }];
  return options.map(({ name, values }, at) => ({ name, position: at + 1, values }));
}
