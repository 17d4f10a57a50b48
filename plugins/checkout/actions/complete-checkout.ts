import {
  type Cart,
  type Checkout,
  type CompletedCheckout,
  type Cradle,
  type Id,
  ok,
  type Order,
  type Payment,
  refused,
  type Result,
} from 'kontor/sdk';
import { type Agreement, checkoutsOf } from '../services/checkouts.ts';
import { priceCart } from '../services/price-cart.ts';
import { giveBack } from './give-back.ts';
import { goodsOf, isSure, orderDraft, referenceOf, stockLines } from './order-draft.ts';

type Completed = Awaited<ReturnType<Checkout['complete']>>;

/**
 * The one path to an order. Whoever comes, as often as they come: the first makes the order, all others get it.
 *
 * @param paymentId - the payment that somebody told of; the newest of the cart when left out
 */
export async function completeCheckout(
  services: Cradle,
  { cartId, paymentId }: { cartId: Id; paymentId?: Id },
): Promise<Completed> {
  const { database, payments } = services;
  const [row, payment] = await Promise.all([
    checkoutsOf(services).find(cartId),
    paymentId ? payments.find(paymentId) : payments.ofReference(referenceOf(cartId)),
  ]);
  const known = row?.orderId && (await orderOf(services, { cartId, paymentId: payment?.id }));
  if (known) return known;
  const isAgreedLater = payment?.state === 'waiting' && row?.agreed?.isLater;
  if (payment && (payment.state === 'started' || payment.state === 'waiting') && !isAgreedLater) {
    const asked = await payments.refresh(payment.id); // over the network, so before the transaction
    if (!asked.ok && asked.refusal === 'providerDown') return refused('notPaid', { reason: 'providerDown' });
  }
  return database.transaction(() => placeOrGiveBack(services, { cartId, paymentId: payment?.id }));
}

/** Most come when the order is long there: they need no lock, unless they bring another payment. */
async function orderOf(
  { orders }: Cradle,
  { cartId, paymentId }: { cartId: Id; paymentId: Id | undefined },
): Promise<Completed | undefined> {
  const order = await orders.byCart(cartId);
  const isOfAnother = paymentId !== undefined && order?.paymentId !== paymentId;
  return order && !isOfAnother ? asExisting(order) : undefined;
}

function asExisting({ id, number, token }: Order): Completed {
  return ok({ orderId: id, number, token, isNew: false });
}

/** Everything from here on is one transaction, under the locks of checkout and cart. */
async function placeOrGiveBack(
  services: Cradle,
  { cartId, paymentId }: { cartId: Id; paymentId: Id | undefined },
): Promise<Completed> {
  const { carts, payments } = services;
  const row = await checkoutsOf(services).lock(cartId);
  const cart = await carts.lock(cartId, row ? { locale: row.locale } : {});
  if (!cart) return refused('noCart');
  if (cart.state === 'ordered') return existingOrder(services, { cartId, paymentId, agreed: row?.agreed });
  const agreed = row?.agreed;
  const payment = paymentId ? await payments.lock(paymentId) : undefined;
  if (!agreed) return refused('incomplete');
  const earlier = payment && row.returned.find((one) => one.paymentId === payment.id);
  if (earlier) return refused('refunded', { ...earlier });
  if (agreed.isPaid && !(payment && isSure(payment, agreed))) return refused('notPaid');

  const paid = agreed.isPaid ? payment : undefined;
  const placed = await place(services, { cart, agreed, payment: paid });
  if (placed.ok) return placed;
  return giveBack(services, {
    cartId,
    agreed,
    payment: paid,
    reason: placed.refusal,
    details: placed.details,
    earlier: row.returned,
  });
}

/** The order that is there. A second payment of the same cart, say of another tab, goes back. */
async function existingOrder(
  { orders, payments }: Cradle,
  input: { cartId: Id; paymentId: Id | undefined; agreed: Agreement | null | undefined },
): Promise<Completed> {
  const { cartId, paymentId, agreed } = input;
  const order = await orders.byCart(cartId);
  if (!order) return refused('noCart');
  if (paymentId && order.paymentId !== paymentId) {
    const second = await payments.lock(paymentId);
    if (second && isSure(second, agreed ?? { isLater: false }))
      await payments.giveBack(second.id, 'paidTwice');
  }
  return asExisting(order);
}

/** What refuses is asked before anything is written, but for the hold of the stock, which giving back lets go. */
async function place(
  services: Cradle,
  input: { cart: Cart; agreed: Agreement; payment: Payment | undefined },
): Promise<Result<CompletedCheckout>> {
  const { carts, customerBook, inventory, orders, payments } = services;
  const { cart, agreed, payment } = input;
  if (!cart.lines.every(({ variant }) => variant?.isForSale)) return refused('notForSale');
  const { input: totalsInput, totals } = await priceCart(services, { cart, ...agreed });
  const isSameSum = totals.total === agreed.total && totals.currency === agreed.currency;
  const isAgreed = isSameSum && goodsOf(cart) === agreed.goods;
  const isPaid = !payment || (payment.amount === totals.total && payment.currency === totals.currency);
  if (!isAgreed || !isPaid || cart.lines.length === 0) {
    return refused('priceChanged', { agreed: agreed.total, total: totals.total });
  }

  const held = await inventory?.reserve({ reference: referenceOf(cart.id), lines: stockLines(cart) });
  if (held && !held.ok) return held;
  const { firstName, lastName } = agreed.billTo ?? agreed.shipTo ?? {};
  await customerBook.remember({
    email: agreed.email,
    customerId: cart.customerId,
    ...(firstName && { firstName }),
    ...(lastName && { lastName }),
    locale: agreed.locale,
    acceptsMarketing: agreed.acceptsMarketing,
  });
  // Late: the number's row is locked from here to the commit, and everybody else's order waits for it.
  const placed = await orders.place(orderDraft({ cart, agreed, payment, totalsInput, totals }));
  if (!placed.ok) return placed;
  const { id, number, token } = placed.value;
  await Promise.all([
    payment && payments.settle(payment.id, id),
    carts.markOrdered(cart.id, id),
    checkoutsOf(services).orderedAs(cart.id, id),
  ]);
  return ok({ orderId: id, number, token, isNew: true });
}
