import { type Cradle, defineRoutes, html, route, type RouteRequest, Type } from 'kontor/sdk';
import { checkoutPage } from '../pages/checkout-page.ts';
import { isSure } from '../actions/order-draft.ts';
import { asPage } from '../pages/layout.ts';
import { messagePage } from '../pages/message-page.ts';
import { orderPage } from '../pages/order-page.ts';
import type { Sent } from '../pages/view.ts';
import { cartTokenOf } from '../services/cart-token.ts';
import { checkoutsOf } from '../services/checkouts.ts';
import { checkoutSettings } from '../services/settings.ts';
import { frameOf, localeOf, viewOf } from './answers.ts';
import { cartIdOf } from './shop.ts';

const forVisitors = { surface: 'storefront', access: 'anyone' } as const;
const Language = Type.Optional(Type.String({ maxLength: 20 }));

const checkoutRoute = route({
  ...forVisitors,
  method: 'GET',
  path: '/checkout',
  summary: 'The checkout as a page',
  query: Type.Object({ step: Type.Optional(Type.String({ maxLength: 20 })), locale: Language }),
  handler: (request, services) =>
    showCheckout(request, services, { wanted: request.query.step, asked: request.query.locale }),
});

const returnRoute = route({
  ...forVisitors,
  method: 'GET',
  path: '/checkout/return',
  summary: 'Where a provider sends the browser back to',
  query: Type.Object({ checkout: Type.Optional(Type.String({ maxLength: 60 })) }),
  handler: (request, services) => comeBack(request, services, request.query.checkout),
});

const thanksRoute = route({
  ...forVisitors,
  method: 'GET',
  path: '/checkout/thank-you/:token',
  summary: 'The order, with thanks',
  params: Type.Object({ token: Type.String({ maxLength: 60 }) }),
  query: Type.Object({ locale: Language }),
  handler: (request, services) =>
    showOrder(request, services, { ...request.params, ...request.query, isThanks: true }),
});

const orderRoute = route({
  ...forVisitors,
  method: 'GET',
  path: '/checkout/orders/:token',
  summary: 'How an order stands, for whoever has its link',
  params: Type.Object({ token: Type.String({ maxLength: 60 }) }),
  query: Type.Object({ locale: Language }),
  handler: (request, services) =>
    showOrder(request, services, { ...request.params, ...request.query, isThanks: false }),
});

type Asking = Pick<RouteRequest, 'cookies' | 'locale' | 'reply' | 'store'>;

/** The page of the checkout, or whatever stands in its way. */
export async function showCheckout(
  request: Asking,
  services: Cradle,
  { wanted, asked, sent }: { wanted?: string | undefined; asked?: string | undefined; sent?: Sent } = {},
) {
  const { checkout, orders, stores } = services;
  const token = cartTokenOf(request);
  const known = await checkoutsOf(services).findByCartToken(token);
  const locale = localeOf(request, asked, known?.locale);
  const state = await checkout.state(token, { locale });
  if (!state.ok) {
    const order = known && (await orders.byCart(known.cartId));
    if (order) return void request.reply.redirect(`/checkout/thank-you/${order.token}`, 303);
  }
  if (!state.ok || state.value.cart.lines.length === 0)
    return say(request, services, { locale, key: 'empty', link: '/' });
  const { payment } = state.value;
  // Paid, and the browser did not come back: the order is one step away.
  if (!sent && payment && known?.agreed && isSure(payment, known.agreed)) {
    return void request.reply.redirect('/checkout/return', 303);
  }
  const { guests, signInPath } = await checkoutSettings(services);
  if (!guests && stores.actor().kind === 'anonymous') {
    return say(request, services, { locale, key: 'signIn', link: signInPath || '/' });
  }
  if (asked !== undefined && locale !== known?.locale) {
    await checkoutsOf(services).keep({ cartId: state.value.cart.id, token, locale, said: { locale } });
  }
  const view = await viewOf(request, services, { state: state.value, locale, wanted, ...(sent && { sent }) });
  asPage(request.reply, view);
  if (sent) request.reply.status(422);
  return checkoutPage(view);
}

/** Back from the bank: the order, or why there is none, or that the bank is not done yet. */
async function comeBack(request: Asking, services: Cradle, key: string | undefined) {
  const { checkout, payments } = services;
  const row = key ? await checkoutsOf(services).findByKey(key) : undefined;
  const cartId = row?.cartId ?? (await cartIdOf(request, services));
  if (cartId === undefined) return void request.reply.redirect('/checkout', 303);
  const done = await checkout.complete(cartId);
  if (done.ok) return void request.reply.redirect(`/checkout/thank-you/${done.value.token}`, 303);
  const payment = await payments.ofReference(`cart:${cartId}`);
  const isOpen = done.refusal === 'notPaid' && payment && ['started', 'waiting'].includes(payment.state);
  if (!isOpen) return void request.reply.redirect('/checkout', 303);
  const locale = localeOf(request, row?.locale);
  const again = html`<meta http-equiv="refresh" content="4">`;
  return say(request, services, { locale, key: 'waiting', link: '/checkout?step=payment', head: again });
}

async function showOrder(
  request: Asking,
  services: Cradle,
  input: { token: string; locale?: string | undefined; isThanks: boolean },
) {
  const { orders, payments } = services;
  const order = await orders.byToken(input.token);
  const locale = localeOf(request, input.locale, order?.locale);
  if (!order) {
    request.reply.status(404);
    return say(request, services, { locale, key: 'noOrder', link: '/' });
  }
  const isWaiting = order.paymentState === 'pending' && order.paymentId !== null;
  const payment = isWaiting ? await payments.find(order.paymentId!) : undefined;
  const methods = payment ? await payments.methods({ currency: order.currency, locale }) : [];
  const instructions = methods.find(({ code }) => code === payment?.method)?.description ?? '';
  const path = `/checkout/${input.isThanks ? 'thank-you' : 'orders'}/${order.token}`;
  const [frame, fulfilments] = await Promise.all([
    frameOf(request, services, { locale, path }),
    orders.fulfilments(order.id),
  ]);
  asPage(request.reply, frame);
  return orderPage({ ...frame, order, fulfilments, isThanks: input.isThanks, instructions });
}

/** A page with one message, e.g. `message.empty.title`, `.text` and `.link`. */
async function say(
  request: Asking,
  services: Cradle,
  input: { locale: string; key: string; link: string; head?: ReturnType<typeof html> },
) {
  const { locale, key, link, head } = input;
  const frame = await frameOf(request, services, { locale, path: '/checkout' });
  const text = (part: string) => frame.speech.say(`message.${key}.${part}`);
  asPage(request.reply, frame);
  return messagePage(frame, {
    title: text('title'),
    text: text('text'),
    link: { address: link, text: text('link') },
    ...(head && { head }),
  });
}

export const pageRoutes = defineRoutes([checkoutRoute, returnRoute, thanksRoute, orderRoute]);
