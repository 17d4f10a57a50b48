import {
  type Cart,
  type Checkout,
  type CheckoutRefusal,
  type CheckoutState,
  type Cradle,
  type Id,
  ok,
  type Payment,
  type PaymentStep,
  refused,
  type Result,
} from 'kontor/sdk';
import { type Agreement, type CheckoutRow, checkoutsOf } from '../services/checkouts.ts';
import { ownCart } from '../services/find-cart.ts';
import { priceCart } from '../services/price-cart.ts';
import { checkoutSettings } from '../services/settings.ts';
import { completeCheckout } from './complete-checkout.ts';
import { goodsOf, isSure, referenceOf, stockLines } from './order-draft.ts';
import { describeCheckout } from './read-state.ts';

type Input = Parameters<Checkout['pay']>[1];
type Started = Result<{ payment: Payment | null; next: PaymentStep }, CheckoutRefusal>;

const HOLD_FOR = 15 * 60_000; // ms; room for a slow page of a bank and one retry

/**
 * The order button. What the buyer saw is held against what it costs now, the stock is held, the agreement is kept; only then,
 * and outside of the transaction, the provider is asked.
 */
export async function startPayment(services: Cradle, token: string, input: Input): Promise<Started> {
  const { payments, stores } = services;
  const checkouts = checkoutsOf(services);
  const cart = await ownCart(services, { token, locale: input.locale });
  if (!cart) return notThere(services, token);
  if (stores.actor().kind === 'anonymous' && !(await checkoutSettings(services)).guests) {
    return refused('signInNeeded');
  }
  const known = await checkouts.find(cart.id);
  const earlier = await finishEarlier(services, known);
  if (earlier) return earlier;

  const state = await describeCheckout(services, { cart, row: known, locale: input.locale });
  const wanted = judge(state, input);
  if (!wanted.ok) return wanted;
  // Whoever pays by API without a word before, such as a signed-in customer, has no row yet.
  const row = known ?? (await checkouts.keep({ cartId: cart.id, token, locale: input.locale, said: {} }));
  const agreed = wanted.value;
  const held = await hold(services, { cartId: cart.id, agreed });
  if (!held.ok) return held;
  if (!agreed.isPaid) return ok({ payment: null, next: { kind: 'none' } });

  const started = await payments
    .start({
      reference: referenceOf(cart.id),
      method: input.method,
      amount: { amount: agreed.total, currency: agreed.currency },
      email: agreed.email,
      returnUrl: withKey(input.returnUrl, row.key),
      locale: input.locale,
      details: input.details ?? {},
    })
    .catch(async (error: unknown) => {
      await letGo(services, cart.id);
      throw error;
    });
  if (!started.ok) {
    await letGo(services, cart.id);
    return started;
  }
  await checkouts.paidBy(cart.id, started.value.payment.id);
  return started;
}

/** A cart that is gone may have been ordered a moment ago: by a double click, or in another tab. */
async function notThere(services: Cradle, token: string): Promise<Started> {
  const row = await checkoutsOf(services).findByCartToken(token);
  const order = row && (await services.orders.byCart(row.cartId));
  return order ? orderedAs(order) : refused('noCart');
}

function orderedAs({ number, token }: { number: string; token: string }): Started {
  return refused('ordered', { number, token });
}

/** Money of an earlier press of the button that is sure by now becomes the order, or goes back, before more is asked for. */
async function finishEarlier(services: Cradle, row: CheckoutRow | undefined): Promise<Started | undefined> {
  const earlier = row?.paymentId && (await services.payments.find(row.paymentId));
  if (!row?.agreed || !earlier || !isSure(earlier, row.agreed)) return undefined;
  const done = await completeCheckout(services, { cartId: row.cartId });
  return done.ok ? orderedAs(done.value) : undefined;
}

function judge(
  state: CheckoutState,
  { method, expected, locale }: Input,
): Result<Agreement, CheckoutRefusal> {
  const { cart, totals, rate, missing } = state;
  if (cart.lines.length === 0) return refused('empty');
  const gone = cart.lines.filter(({ variant }) => !variant?.isForSale);
  if (gone.length > 0) return refused('notForSale', { variantIds: gone.map(({ variantId }) => variantId) });
  if (missing.length > 0) return refused('incomplete', { missing });
  const { total, currency } = totals;
  if (total !== expected) return refused('priceChanged', { expected, total, currency });
  const way = state.methods.find(({ code }) => code === method);
  if (!way && total > 0) return refused('unknownMethod', { methods: state.methods.map(({ code }) => code) });
  return ok({
    email: state.email,
    shipTo: state.shipTo,
    billTo: state.billTo,
    shipping: rate && { title: rate.title, amount: rate.amount.amount },
    goods: goodsOf(cart),
    acceptsMarketing: state.acceptsMarketing,
    locale,
    total,
    currency,
    isPaid: total > 0,
    isLater: way?.isLater ?? false,
    paymentTitle: way?.title ?? '',
  });
}

/** Under the lock of the cart, so that what is held and agreed is what is in it. */
async function hold(
  services: Cradle,
  { cartId, agreed }: { cartId: Id; agreed: Agreement },
): Promise<Result<undefined, CheckoutRefusal>> {
  const { carts, clock, database, inventory } = services;
  const checkouts = checkoutsOf(services);
  return database.transaction(async () => {
    await checkouts.lock(cartId);
    const cart = await carts.lock(cartId, { locale: agreed.locale });
    if (!cart) return refused('noCart');
    if (cart.state === 'ordered') return refused('ordered');
    const { total, currency } = (await priceCart(services, { cart, ...agreed })).totals;
    if (total !== agreed.total || goodsOf(cart) !== agreed.goods)
      return refused('priceChanged', { expected: agreed.total, total, currency });
    const refusal = await mayBeOrdered(services, { cart, agreed });
    if (!refusal.ok) return refusal;
    // Without `inventory` nothing is counted, and everything can be sold.
    const held = await inventory?.reserve({
      reference: referenceOf(cartId),
      lines: stockLines(cart),
      expiresAt: new Date(clock.now().getTime() + HOLD_FOR),
    });
    if (held && !held.ok) return held;
    await checkouts.agree(cartId, agreed);
    return ok();
  });
}

/** Asks what the order will be asked later, when the money is there: a refusal is cheaper now. */
async function mayBeOrdered(
  { features, hooks }: Cradle,
  { cart, agreed }: { cart: Cart; agreed: Agreement },
): Promise<Result<undefined, CheckoutRefusal>> {
  const { email, total, currency } = agreed;
  const lines = stockLines(cart);
  const subject = { email, customerId: cart.customerId, currency, amount: total, lines };
  const allowed = await hooks.guard('order.place', subject);
  if (!allowed.ok) return refused('refused', { reason: allowed.refusal, ...allowed.details });
  const { used, max } = await features.limit('orders.per_month');
  return max !== null && used >= max ? refused('limitReached', { used, max }) : ok();
}

/** Gives the stock back after a payment that did not start, unless another press of the button has one under way. */
async function letGo(services: Cradle, cartId: Id): Promise<void> {
  const { carts, database, inventory, payments } = services;
  await database.transaction(async () => {
    const cart = await carts.lock(cartId);
    if (!cart || cart.state === 'ordered') return;
    const payment = await payments.ofReference(referenceOf(cartId));
    const isOpen = payment && !['failed', 'cancelled', 'refunded'].includes(payment.state);
    if (!isOpen) await inventory?.release(referenceOf(cartId));
  });
}

function withKey(address: string, key: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}checkout=${key}`;
}
