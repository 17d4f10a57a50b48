import type { LiquidDrop, Variant } from 'kontor/sdk';
import { idKey } from '../data/wants.ts';
import type { Page } from '../page.ts';
import { imageOf } from './image.ts';
import { metafieldsDrop } from './metafields.ts';
import { cents } from './money.ts';
import { defineDrop, no, none, nothing, plainDrop } from './drop.ts';
import { DEFAULT, full, isAvailable, type ProductSelf, RULE, titleOf } from './product-self.ts';
import { variantJson } from './product-json.ts';

export type VariantSelf = { readonly page: Page; readonly variant: Variant; readonly self: ProductSelf };

export const variantDrop = defineDrop<VariantSelf>(
  'variant',
  {
    id: ({ variant }) => variant.id,
    title: ({ variant }) => titleOf(variant),
    price: ({ page, variant }) => cents(variant.amount, page.store.currency),
    compare_at_price: ({ page, variant }) =>
      variant.compareAtAmount === null ? null : cents(variant.compareAtAmount, page.store.currency),
    available: ({ page, variant }) => isAvailable(page, variant.id),
    sku: ({ variant }) => variant.sku,
    barcode: ({ variant }) => variant.barcode,
    options: ({ variant }) => variant.options,
    option1: ({ variant }) => variant.options[0] ?? (variant.options.length === 0 ? DEFAULT : null),
    option2: ({ variant }) => variant.options[1] ?? null,
    option3: ({ variant }) => variant.options[2] ?? null,
    product: ({ self }) => self.drop(self),
    selected: ({ self, variant }) => self.chosen === variant.id,
    matched: () => true,
    url: ({ self, variant }) => `${self.drop(self).liquidGet('url')}?variant=${variant.id}`,
    featured_image: pictureDrop,
    featured_media: pictureDrop,
    image: pictureDrop,
    weight: ({ variant }) => variant.weightGrams,
    weight_unit: () => 'kg',
    weight_in_unit: ({ variant }) => variant.weightGrams / 1000,
    requires_shipping: ({ variant }) => variant.requiresShipping,
    taxable: () => true,
    inventory_quantity: ({ page, variant }) => page.wants.get('level', idKey(variant.id))?.available ?? 0,
    inventory_management: ({ page, variant }) =>
      page.wants.get('level', idKey(variant.id))?.isTracked ? 'shopify' : null,
    inventory_policy: ({ page, variant }) => {
      const level = page.wants.get('level', idKey(variant.id));
      return level?.isTracked && !level.isBackOrderAllowed ? 'deny' : 'continue';
    },
    incoming: ({ page, variant }) => (page.wants.get('level', idKey(variant.id))?.incoming ?? 0) > 0,
    next_incoming_date: none,
    unit_price: ({ page, variant: { unit, amount } }) =>
      unit ? cents(Math.round((amount * unit.reference) / unit.quantity), page.store.currency) : null,
    unit_price_measurement: ({ variant: { unit } }) => unit && measurementDrop(unit),
    /** Of the thirty days before a reduction: beside one it has to be said (directive 98/6/EC, article 6a). */
    lowest_recent_price: ({ page, variant: { lowestRecentAmount: lowest } }) =>
      lowest === undefined ? null : cents(lowest, page.store.currency),
    quantity_rule: () => plainDrop({ min: 1, max: null, increment: 1 }, { json: RULE }),
    quantity_price_breaks: nothing,
    'quantity_price_breaks_configured?': no,
    metafields: ({ page, variant }) => metafieldsDrop(page, `variant:${variant.id}`),
    store_availabilities: nothing,
    selling_plan_allocations: nothing,
    selected_selling_plan_allocation: none,
    requires_selling_plan: no,
  },
  {
    text: ({ variant }) => titleOf(variant),
    json: ({ page, variant, self }) => {
      const product = full(self);
      return product ? variantJson(variant, product, page) : null;
    },
  },
);

export function variantOf(self: ProductSelf, variant: Variant): LiquidDrop {
  return variantDrop({ page: self.page, variant, self });
}

export function measurementDrop({ quantity, unit, reference }: NonNullable<Variant['unit']>): LiquidDrop {
  const values = {
    measured_type: MEASURED[unit.replace(/^[mck](?=[glm])/, '')] ?? 'count',
    quantity_value: quantity,
    quantity_unit: unit,
    reference_value: reference,
    reference_unit: unit,
  };
  return plainDrop(values, { json: values });
}

const MEASURED: Readonly<Record<string, string>> = { g: 'weight', l: 'volume', m: 'length' };

function pictureDrop({ page, variant, self }: VariantSelf): LiquidDrop | null {
  if (variant.pictureId === null) return null;
  const product = full(self);
  const at = product?.pictures.findIndex(({ mediaId }) => mediaId === variant.pictureId) ?? -1;
  return imageOf(product?.pictures[at], {
    locale: page.locale,
    fallback: product?.title ?? '',
    position: at + 1,
    productId: self.id,
    variantIds: [variant.id],
  });
}
