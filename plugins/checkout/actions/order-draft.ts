import type {
  Cart,
  CartLine,
  Id,
  OrderDraft,
  OrderPaymentState,
  Payment,
  PaymentState,
  Totals,
  TotalsInput,
  TotalsLine,
} from 'kontor/sdk';
import type { Agreement } from '../services/checkouts.ts';

/** What a cart is called in payments and in stock. */
export function referenceOf(cartId: Id): string {
  return `cart:${cartId}`;
}

/** The cart that a reference names; undefined when it names something else. */
export function cartOf(reference: string): Id | undefined {
  const match = /^cart:([1-9]\d{0,14})$/.exec(reference);
  return match ? Number(match[1]) : undefined;
}

/** Whether an order may stand on it: money is there or promised, or it comes later by agreement. */
export function isSure({ isGivenBack, state }: Payment, { isLater }: Pick<Agreement, 'isLater'>): boolean {
  if (isGivenBack) return false;
  return state === 'authorised' || state === 'captured' || (state === 'waiting' && isLater);
}

export function stockLines(cart: Cart): { variantId: Id; quantity: number }[] {
  return cart.lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
}

/** What is in a cart, so that it can be told from another cart of the same price. */
export function goodsOf(cart: Cart): string {
  return stockLines(cart)
    .map(({ variantId, quantity }) => `${variantId} × ${quantity}`)
    .sort()
    .join(', ');
}

/** An order as it is written: what was agreed, what it was priced from, and what the goods are called today. */
export function orderDraft(input: {
  cart: Cart;
  agreed: Agreement;
  payment: Payment | undefined;
  totalsInput: TotalsInput;
  totals: Totals;
}): OrderDraft {
  const { cart, agreed, payment, totalsInput, totals } = input;
  return {
    cartId: cart.id,
    ...(payment && { paymentId: payment.id }),
    paymentState: payment ? PAID_AS[payment.state as keyof typeof PAID_AS] : 'paid',
    paymentTitle: agreed.paymentTitle,
    channel: 'web',
    customerId: cart.customerId,
    email: agreed.email,
    locale: agreed.locale,
    currency: totals.currency,
    shipTo: agreed.shipTo,
    billTo: agreed.billTo,
    shippingTitle: agreed.shipping?.title ?? '',
    note: cart.note,
    totalsInput,
    totals,
    trace: cart.trace,
    lines: cart.lines.map((line) =>
      orderLine(line, totalsInput.lines.find(({ key }) => key === String(line.id))!),
    ),
    stockReference: referenceOf(cart.id),
  };
}

/** Of payments that are sure. */
const PAID_AS = {
  authorised: 'authorised',
  captured: 'paid',
  waiting: 'pending',
} as const satisfies Partial<Record<PaymentState, OrderPaymentState>>;

function orderLine(
  { variant, ...line }: CartLine,
  { key, unitAmount }: TotalsLine,
): OrderDraft['lines'][number] {
  if (!variant)
    throw new TypeError(`Expected a line that is for sale, got variant ${line.variantId}, which is gone`);
  return {
    key,
    variantId: line.variantId,
    productId: variant.productId,
    title: variant.title,
    variantTitle: variant.variantTitle,
    sku: variant.sku,
    options: variant.options,
    properties: line.properties,
    picturePath: variant.picture?.path ?? null,
    taxClass: variant.taxClass,
    requiresShipping: variant.requiresShipping,
    weightGrams: variant.weightGrams,
    quantity: line.quantity,
    unitAmount,
  };
}
