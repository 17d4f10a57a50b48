import type {
  Id,
  ListedOrder,
  Order,
  OrderLine,
  OrderPaymentState,
  OrderState,
  PostalAddress,
  Totals,
} from 'kontor/sdk';

/** A row of `orders.orders` as LISTED_COLUMNS reads it. */
export type ListedRow = {
  id: Id;
  version: number;
  number: string;
  token: string;
  state: OrderState;
  payment_state: OrderPaymentState;
  channel: Order['channel'];
  cart_id: Id | null;
  payment_id: Id | null;
  customer_id: Id | null;
  email: string;
  name: string;
  locale: string;
  currency: string;
  shipping_title: string;
  payment_title: string;
  tags: string[];
  total_amount: number;
  refunded_amount: number;
  placed_at: Date;
  cancelled_at: Date | null;
};

/** The same with what ORDER_COLUMNS adds. */
export type OrderRow = ListedRow & {
  ship_to: PostalAddress | null;
  bill_to: PostalAddress | null;
  note: string;
  totals: Totals;
};

/** What a list shows of `o`; the big values stay where they are. */
export const LISTED_COLUMNS = `o.id, o.version, o.number, o.token, o.state, o.payment_state, o.channel, o.cart_id, o.payment_id,
  o.customer_id, o.email, o.name, o.locale, o.currency, o.shipping_title, o.payment_title, o.tags, o.total_amount,
  o.refunded_amount, o.placed_at, o.cancelled_at`;

export const ORDER_COLUMNS = `${LISTED_COLUMNS}, o.ship_to, o.bill_to, o.note, o.totals`;

/** Lines of the order `o` in their order, as one value, so that an order costs one statement. */
export const LINES = `(select coalesce(jsonb_agg(jsonb_build_object(
    'id', l.id, 'key', l.key, 'variantId', l.variant_id, 'productId', l.product_id, 'title', l.title,
    'variantTitle', l.variant_title, 'sku', l.sku, 'options', l.options, 'properties', l.properties,
    'picturePath', l.picture_path, 'taxClass', l.tax_class, 'requiresShipping', l.requires_shipping,
    'weightGrams', l.weight_grams, 'quantity', l.quantity, 'unitAmount', l.unit_amount,
    'shippedQuantity', l.shipped_quantity, 'droppedQuantity', l.dropped_quantity,
    'refundedQuantity', l.refunded_quantity, 'refundedAmount', l.refunded_amount,
    'refundedTax', l.refunded_tax) order by l.position), '[]'::jsonb)
  from orders.lines l where l.store_id = $1 and l.order_id = o.id)`;

export function toListed(row: ListedRow): ListedOrder {
  return { ...common(row), name: row.name, amount: row.total_amount };
}

export function toOrder(row: OrderRow & { lines: OrderLine[] }): Order {
  return {
    ...common(row),
    shipTo: row.ship_to,
    billTo: row.bill_to,
    note: row.note,
    totals: row.totals,
    lines: row.lines,
  };
}

function common(row: ListedRow): Omit<ListedOrder, 'name' | 'amount'> {
  return {
    id: row.id,
    version: row.version,
    number: row.number,
    token: row.token,
    state: row.state,
    paymentState: row.payment_state,
    channel: row.channel,
    cartId: row.cart_id,
    paymentId: row.payment_id,
    customerId: row.customer_id,
    email: row.email,
    locale: row.locale,
    currency: row.currency,
    shippingTitle: row.shipping_title,
    paymentTitle: row.payment_title,
    tags: row.tags,
    refundedAmount: row.refunded_amount,
    placedAt: row.placed_at,
    cancelledAt: row.cancelled_at,
  };
}

/** What a search of the order list looks at: number, address, names, in small letters. */
export function searchTextOf(order: {
  number: string;
  email: string;
  shipTo: PostalAddress | null;
  billTo: PostalAddress | null;
}): string {
  return [order.number, order.email, nameOf(order.billTo), nameOf(order.shipTo)].join(' ').toLowerCase();
}

/** First and last name, and the company, of an address. */
export function nameOf(address: PostalAddress | null): string {
  if (!address) return '';
  return [address.firstName, address.lastName, address.company].filter(Boolean).join(' ');
}
