import type { Cart, CartLine, LiquidDrop } from 'kontor/sdk';
import type { Page } from '../page.ts';
import { cartJson, lineFigures, lineKey } from '../cart/cart-json.ts';
import { defineDrop, no, none, nothing, plainDrop } from './drop.ts';
import { imageOf } from './image.ts';
import { cents } from './money.ts';
import { currencyDrop } from './shop.ts';

type CartSelf = { readonly page: Page; readonly cart: Cart | undefined };
type LineSelf = { readonly page: Page; readonly cart: Cart; readonly line: CartLine; readonly at: number };

export const cartDrop = defineDrop<CartSelf>(
  'cart',
  {
    item_count: ({ cart }) => cart?.lines.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0,
    items: (self) => items(self),
    'empty?': ({ cart }) => (cart?.lines.length ?? 0) === 0,
    total_price: (self) => amount(self, ({ totals }) => totals.subtotal - totals.discount),
    items_subtotal_price: (self) => amount(self, ({ totals }) => totals.subtotal),
    original_total_price: (self) => amount(self, ({ totals }) => totals.subtotal),
    total_discount: (self) => amount(self, ({ totals }) => totals.discount),
    checkout_charge_amount: (self) => amount(self, ({ totals }) => totals.subtotal - totals.discount),
    total_weight: ({ cart }) => cart?.weightGrams ?? 0,
    requires_shipping: ({ cart }) => cart?.requiresShipping ?? false,
    note: ({ cart }) => cart?.note ?? '',
    attributes: ({ cart }) => cart?.attributes ?? {},
    currency: ({ page, cart }) =>
      currencyDrop({ code: cart?.currency ?? page.store.currency, locale: page.locale }),
    discount_applications: discounts,
    cart_level_discount_applications: discounts,
    discounts,
    taxes_included: ({ page }) => page.isTaxIncluded,
    duties_included: no,
  },
  { json: ({ page, cart }) => cartJson(cart, page) },
);

export const lineDrop = defineDrop<LineSelf>(
  'line_item',
  {
    id: ({ line }) => line.variantId,
    key: ({ line }) => lineKey(line),
    title: ({ line }) => fullTitle(line),
    quantity: ({ line }) => line.quantity,
    price: figure(({ unit }) => unit),
    original_price: figure(({ unit }) => unit),
    final_price: figure(({ finalUnit }) => finalUnit),
    line_price: figure(({ subtotal }) => subtotal),
    original_line_price: figure(({ subtotal }) => subtotal),
    final_line_price: figure(({ final }) => final),
    total_discount: figure(({ subtotal, final }) => subtotal - final),
    line_level_total_discount: figure(({ subtotal, final }) => subtotal - final),
    line_level_discount_allocations: allocations,
    discount_allocations: allocations,
    discounts: allocations,
    variant_id: ({ line }) => line.variantId,
    product_id: ({ line }) => line.variant?.productId ?? null,
    sku: ({ line }) => line.variant?.sku ?? '',
    vendor: ({ line }) => line.variant?.vendor ?? '',
    properties: ({ line }) => Object.entries(line.properties),
    options_with_values: ({ line }) =>
      (line.variant?.options ?? []).map(({ name, value }) =>
        plainDrop({ name, value }, { json: { name, value } }),
      ),
    url: ({ line }) => lineUrl(line),
    url_to_remove: ({ at }) => `/cart/change?line=${at + 1}&quantity=0`,
    image: ({ page, line }) =>
      imageOf(line.variant?.picture, { locale: page.locale, fallback: line.variant?.title ?? '' }),
    product: (self) => loaded(self, 'product'),
    variant: (self) => loaded(self, 'variant'),
    grams: ({ line }) => line.variant?.weightGrams ?? 0,
    requires_shipping: ({ line }) => line.variant?.requiresShipping ?? false,
    taxable: () => true,
    gift_card: no,
    tax_lines: nothing,
    unit_price: none,
    unit_price_measurement: none,
    selling_plan_allocation: none,
    fulfillment: none,
    fulfillment_service: () => 'manual',
    successfully_fulfilled_quantity: () => 0,
    message: none,
    item_components: nothing,
    parent_relationship: none,
    instructions: () => plainDrop({ can_remove: true, can_update_quantity: true }),
    error_message: ({ page, cart, line }) => {
      const notice = cart.notices.find(({ variantId }) => variantId === line.variantId);
      if (!notice) return null;
      return notice.code === 'gone'
        ? page.say('cart.gone')
        : page.say('stock.few', { count: notice.available ?? 0 });
    },
  },
  {
    text: ({ line }) => fullTitle(line),
    json: ({ page, cart, line }) => (cartJson(cart, page).items[cart.lines.indexOf(line)] ?? null) as object,
  },
);

export function linesOf(page: Page): readonly LiquidDrop[] {
  return items({ page, cart: page.cart });
}

export const lineUrl = ({ variant, variantId }: CartLine): string =>
  variant ? `/products/${encodeURIComponent(variant.handle)}?variant=${variantId}` : '/collections/all';

export const fullTitle = ({ variant }: CartLine): string =>
  variant ? [variant.title, variant.variantTitle].filter((part) => part !== '').join(' - ') : '';

function items({ page, cart }: CartSelf): LiquidDrop[] {
  return (cart?.lines ?? []).map((line, at) => lineDrop({ page, cart: cart!, line, at }));
}

function amount({ page, cart }: CartSelf, of: (cart: Cart) => number): number {
  return cart ? cents(of(cart), cart.currency || page.store.currency) : 0;
}

function figure(of: (figures: ReturnType<typeof lineFigures>) => number) {
  return ({ cart, line }: LineSelf) => of(lineFigures(cart, line));
}

function discounts({ cart, page }: CartSelf): LiquidDrop[] {
  return (cart?.discounts ?? []).map((discount) => {
    const total = cart!.totals.lines.reduce((sum, { discounts }) => sum + (discounts[discount.key] ?? 0), 0);
    return discountDrop({
      title: discount.title,
      kind: discount.kind,
      value: discount.value,
      total: cents(total, page.store.currency),
    });
  });
}

function allocations({ cart, line, page }: LineSelf): LiquidDrop[] {
  const shares = cart.totals.lines.find(({ key }) => key === String(line.id))?.discounts ?? {};
  return cart.discounts.flatMap((discount) => {
    const off = shares[discount.key] ?? 0;
    if (off === 0) return [];
    const total = cents(off, page.store.currency);
    const application = discountDrop({
      title: discount.title,
      kind: discount.kind,
      value: discount.value,
      total,
    });
    return plainDrop({
      amount: total,
      discount_application: application,
      title: discount.title,
      total_amount: total,
    });
  });
}

export const discountDrop = defineDrop<{ title: string; kind: string; value: number; total: number }>(
  'discount_application',
  {
    title: ({ title }) => title,
    type: () => 'discount_code',
    value: ({ value, kind }) => (kind === 'percent' ? value / 100 : value),
    value_type: ({ kind }) => (kind === 'percent' ? 'percentage' : 'fixed_amount'),
    target_selection: () => 'all',
    target_type: ({ kind }) => (kind === 'shipping' ? 'shipping_line' : 'line_item'),
    total_allocated_amount: ({ total }) => total,
  },
  { text: ({ title }) => title },
);

/** The product of a line is loaded when a template asks for more than the line has. */
function loaded({ page, line }: LineSelf, what: 'product' | 'variant'): unknown {
  if (!line.variant) return null;
  const all = page.pass.globals.liquidGet('all_products') as LiquidDrop;
  const product = all.liquidGet(line.variant.handle) as LiquidDrop | null | undefined;
  if (!product || what === 'product') return product;
  const variants = product.liquidGet('variants') as readonly LiquidDrop[] | undefined;
  return variants?.find((variant) => variant.liquidGet('id') === line.variantId) ?? (variants && null);
}
