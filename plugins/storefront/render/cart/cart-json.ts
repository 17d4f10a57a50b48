import type { Cart, CartLine } from 'kontor/sdk';
import type { Page } from '../page.ts';
import { cents } from '../drops/money.ts';
import { ratio } from '../drops/image.ts';

type Shown = Pick<Page, 'locale'> & { readonly store: Pick<Page['store'], 'currency'> };

export type CartJson = {
  token: string;
  note: string;
  attributes: object;
  item_count: number;
  items: object[];
  [key: string]: unknown;
};

/** A cart in the shape that scripts of themes read. Amounts are hundredths. */
export function cartJson(cart: Cart | undefined, { locale, store }: Shown): CartJson {
  const currency = cart?.currency ?? store.currency;
  const { subtotal = 0, discount = 0 } = cart?.totals ?? {};
  const applications = (cart?.discounts ?? []).map(({ title, kind, value, key }) => ({
    type: 'discount_code',
    title,
    value: String(kind === 'percent' ? value / 100 : value),
    value_type: kind === 'percent' ? 'percentage' : 'fixed_amount',
    total_allocated_amount: cents(
      cart!.totals.lines.reduce((sum, { discounts }) => sum + (discounts[key] ?? 0), 0),
      currency,
    ),
  }));
  return {
    token: cart ? String(cart.id) : '',
    note: cart?.note ?? '',
    attributes: cart?.attributes ?? {},
    original_total_price: cents(subtotal, currency),
    total_price: cents(subtotal - discount, currency),
    total_discount: cents(discount, currency),
    total_weight: cart?.weightGrams ?? 0,
    item_count: cart?.lines.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0,
    items: (cart?.lines ?? []).map((line) => lineJson(line, { cart: cart!, locale })),
    requires_shipping: cart?.requiresShipping ?? false,
    currency,
    items_subtotal_price: cents(subtotal, currency),
    cart_level_discount_applications: applications,
    discount_codes: (cart?.discountCodes ?? []).map((code) => ({
      code,
      applicable: !cart!.refusedCodes.some((refused) => refused.code === code),
    })),
  };
}

export function lineJson(
  line: CartLine,
  { cart, locale }: { cart: Cart; locale: string },
): Record<string, unknown> {
  const { variant, variantId, quantity } = line;
  const { currency } = cart;
  const figures = lineFigures(cart, line);
  const title = [variant?.title, variant?.variantTitle].filter(Boolean).join(' - ');
  const picture = variant?.picture;
  const url = variant ? `/products/${encodeURIComponent(variant.handle)}?variant=${variantId}` : '';
  return {
    id: variantId,
    properties: line.properties,
    quantity,
    variant_id: variantId,
    key: lineKey(line),
    title,
    price: figures.unit,
    original_price: figures.unit,
    presentment_price: figures.unit / 100,
    discounted_price: figures.finalUnit,
    line_price: figures.subtotal,
    original_line_price: figures.subtotal,
    total_discount: figures.subtotal - figures.final,
    discounts: [],
    sku: variant?.sku ?? '',
    grams: variant?.weightGrams ?? 0,
    vendor: variant?.vendor ?? '',
    taxable: true,
    product_id: variant?.productId ?? null,
    product_has_only_default_variant: (variant?.options.length ?? 0) === 0,
    gift_card: false,
    final_price: figures.finalUnit,
    final_line_price: figures.final,
    url,
    featured_image: picture
      ? {
          aspect_ratio: ratio(picture),
          alt: picture.alt[locale] ?? variant!.title,
          height: picture.height,
          url: picture.path,
          width: picture.width,
        }
      : { aspect_ratio: null, alt: null, height: null, url: null, width: null },
    image: picture?.path ?? null,
    handle: variant?.handle ?? '',
    requires_shipping: variant?.requiresShipping ?? false,
    product_type: variant?.type ?? '',
    product_title: variant?.title ?? '',
    product_description: '',
    variant_title: variant?.variantTitle || null,
    variant_options:
      variant && variant.options.length > 0 ? variant.options.map(({ value }) => value) : ['Default Title'],
    options_with_values: variant?.options ?? [],
    line_level_discount_allocations: cart.discounts.flatMap((discount) => {
      const off = figures.discounts[discount.key] ?? 0;
      if (off === 0) return [];
      const amount = cents(off, currency);
      return [{ amount, discount_application: { title: discount.title, total_allocated_amount: amount } }];
    }),
    line_level_total_discount: figures.subtotal - figures.final,
    quantity_rule: { min: 1, max: null, increment: 1 },
    has_components: false,
  };
}

/** What a line costs, in hundredths. */
export function lineFigures(cart: Cart, line: CartLine) {
  const { currency, totals } = cart;
  const found = totals.lines.find(({ key }) => key === String(line.id));
  const { subtotal = 0, discount = 0, discounts = {} } = found ?? {};
  const final = cents(subtotal - discount, currency);
  return {
    unit: cents(line.variant?.unitAmount ?? 0, currency),
    finalUnit: Math.round(final / line.quantity),
    subtotal: cents(subtotal, currency),
    final,
    discounts,
  };
}

/** Names a line: its variant and its number, as the same variant may be there twice with other properties. */
export const lineKey = ({ variantId, id }: CartLine): string => `${variantId}:${id}`;
