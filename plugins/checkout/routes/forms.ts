import {
  type CheckoutRefusal,
  type Cradle,
  defineRoutes,
  type Payment,
  type PaymentStep,
  type PostalAddress,
  type Refused,
  route,
  type RouteRequest,
  Type,
} from 'kontor/sdk';
import { asPage } from '../pages/layout.ts';
import { loader, scriptPage } from '../pages/script-page.ts';
import { speechOf, type Speech } from '../pages/speech.ts';
import type { Sent } from '../pages/view.ts';
import { cartTokenOf } from '../services/cart-token.ts';
import { checkoutsOf } from '../services/checkouts.ts';
import { frameOf, localeOf } from './answers.ts';
import { showCheckout } from './pages.ts';
import { Address, asAddress, Details } from './schemas.ts';

const forForms = { surface: 'storefront', access: 'anyone', csrf: 'origin', method: 'POST' } as const;
const MINUTE = 60_000; // ms

const contactForm = route({
  ...forForms,
  path: '/checkout/contact',
  summary: 'The first step as a form: who buys, and where it goes',
  body: Type.Object({
    email: Type.Optional(Type.String({ maxLength: 254 })),
    acceptsMarketing: Type.Optional(Type.Literal('yes')),
    shipTo: Type.Optional(Address),
    billTo: Type.Optional(Address),
    use: Type.Optional(Type.Integer({ description: 'a saved address, in the place of the fields' })),
  }),
  async handler(request, services) {
    const { email = '', acceptsMarketing, shipTo, billTo, use } = request.body;
    const saved = use === undefined ? undefined : await savedAddress(services, use);
    const field = billTo ? 'billTo' : 'shipTo';
    const locale = await chosenLocale(request, services);
    const kept = await services.checkout.update(cartTokenOf(request), {
      email,
      [field]: saved ?? asAddress(billTo ?? shipTo ?? {}),
      acceptsMarketing: acceptsMarketing === 'yes',
      locale,
    });
    return kept.ok ? goOn(request) : again(request, services, { refusal: kept, step: 'contact', locale });
  },
});

const deliveryForm = route({
  ...forForms,
  path: '/checkout/delivery',
  summary: 'The second step as a form: which way it goes',
  body: Type.Object({ rateCode: Type.Optional(Type.String({ maxLength: 200 })) }),
  async handler(request, services) {
    const { rateCode = '' } = request.body;
    const locale = await chosenLocale(request, services);
    const kept = await services.checkout.update(cartTokenOf(request), { rateCode, locale });
    return kept.ok ? goOn(request) : again(request, services, { refusal: kept, step: 'delivery', locale });
  },
});

const payForm = route({
  ...forForms,
  path: '/checkout/pay',
  summary: 'The order button as a form',
  rateLimit: { max: 30, window: MINUTE },
  body: Type.Object({
    expected: Type.Integer({ minimum: 0 }),
    billing: Type.Optional(Type.Union([Type.Literal('same'), Type.Literal('other')])),
    billTo: Type.Optional(Address),
    method: Type.Optional(Type.String({ maxLength: 100 })),
    details: Type.Optional(
      Type.Record(Type.String({ maxLength: 100 }), Details, {
        description: 'of each way to pay, by its code',
      }),
    ),
    note: Type.Optional(Type.String({ maxLength: 1000 })),
  }),
  async handler(request, services) {
    const { checkout, platform } = services;
    const { expected, billing, billTo, method = '', details, note = '' } = request.body;
    const token = cartTokenOf(request);
    const locale = await chosenLocale(request, services);
    const billed = { same: 'same' as const, other: asAddress(billTo ?? {}) };
    const kept = await checkout.update(token, { ...(billing && { billTo: billed[billing] }), note, locale });
    if (!kept.ok && kept.refusal !== 'noCart') {
      return again(request, services, { refusal: kept, step: 'payment', locale });
    }
    const paid = await checkout.pay(token, {
      method,
      expected,
      details: details?.[method] ?? {},
      returnUrl: `${platform.storeOrigin(request.store)}/checkout/return`,
      locale,
    });
    if (!paid.ok) return again(request, services, { refusal: paid, step: 'payment', locale });
    const { payment, next } = paid.value;
    if (next.kind === 'script' && payment) return askByScript(request, services, { payment, next, locale });
    const address = next.kind === 'redirect' ? next.url : '/checkout/return';
    return void request.reply.redirect(address, 303);
  },
});

type Asking = Pick<RouteRequest, 'cookies' | 'locale' | 'reply' | 'store'> & { body: object };

function goOn({ reply }: Asking): void {
  reply.redirect('/checkout', 303);
}

async function chosenLocale(request: Asking, services: Cradle): Promise<string> {
  const known = await checkoutsOf(services).findByCartToken(cartTokenOf(request));
  return localeOf(request, known?.locale);
}

async function savedAddress(
  { customerBook, stores }: Cradle,
  id: number,
): Promise<PostalAddress | undefined> {
  const actor = stores.actor();
  if (actor.kind !== 'customer') return undefined;
  const found = (await customerBook.addresses(actor.customerId)).find((address) => address.id === id);
  if (!found) return undefined;
  const { id: _, isDefaultShipping: __, isDefaultBilling: ___, ...address } = found;
  return address;
}

/** The card is asked for by the provider's own script, which the page lets in. */
async function askByScript(
  request: Asking,
  services: Cradle,
  input: { payment: Payment; next: Extract<PaymentStep, { kind: 'script' }>; locale: string },
) {
  const { payment, next, locale } = input;
  const { amount, currency, method } = payment;
  const frame = await frameOf(request, services, { locale, path: '/checkout' });
  const methods = await services.payments.methods({ currency, locale });
  const { origins = [] } = methods.find(({ code }) => code === method) ?? {};
  asPage(request.reply, frame, { origins, inline: loader(next.data) });
  return scriptPage(frame, { data: next.data, amount: frame.speech.money(amount, currency) });
}

/** The page once more, with what was sent and what is wrong with it; or the order, where there is one by now. */
async function again(
  request: Asking,
  services: Cradle,
  input: { refusal: Refused<CheckoutRefusal>; step: string; locale: string },
) {
  const { refusal, step, locale } = input;
  const { token } = refusal.details;
  if (refusal.refusal === 'ordered' && typeof token === 'string') {
    return void request.reply.redirect(`/checkout/thank-you/${token}`, 303);
  }
  if (refusal.refusal === 'noCart' || refusal.refusal === 'ordered') return goOn(request);
  const sent = { values: flat(request.body), ...faultsOf(refusal, speechOf(services, locale)) };
  return showCheckout(request, services, { wanted: step, sent });
}

/** Names of fields as the form has them: `{ shipTo: { city } }` is `shipTo[city]`. */
function flat(body: object, prefix = ''): Record<string, string> {
  const pairs = Object.entries(body).flatMap(([name, value]): [string, string][] => {
    const path = prefix ? `${prefix}[${name}]` : name;
    return typeof value === 'object' && value !== null
      ? Object.entries(flat(value, path))
      : [[path, String(value)]];
  });
  return Object.fromEntries(pairs);
}

/** A refusal in sentences: at its fields where it has some, above all else where it has none. */
function faultsOf(
  { refusal, details }: Refused<CheckoutRefusal>,
  { say, money }: Speech,
): Omit<Sent, 'values'> {
  if (refusal === 'badEmail') return { faults: { email: say('refusal.badEmail') } };
  if (refusal === 'badAddress') {
    const { field, faults } = details as { field: string; faults: Record<string, string> };
    const sentences = Object.entries(faults).map(([name, fault]) => [
      `${field}[${name}]`,
      faultText(name, fault, say),
    ]);
    return { faults: Object.fromEntries(sentences) };
  }
  if (refusal === 'noDelivery') return { faults: { 'shipTo[country]': say('refusal.noDelivery') } };
  if (refusal === 'priceChanged') {
    const { expected, total, currency } = details as { expected: number; total: number; currency: string };
    const amounts = { expected: money(expected, currency), total: money(total, currency) };
    return { faults: {}, problem: say('problem.priceChanged', amounts) };
  }
  const { message } = details as { message?: unknown };
  if (refusal === 'declined' && typeof message === 'string' && message) {
    return { faults: {}, problem: `${say('payment.failed')} ${message}` };
  }
  return { faults: {}, problem: say(`refusal.${refusal}`) };
}

/** A sentence of who keeps addresses, or what this store wants beyond it. */
function faultText(name: string, fault: string, say: Speech['say']): string {
  return fault === 'missing' ? say('fault.missing', { field: say(`field.${name}`) }) : fault;
}

export const formRoutes = defineRoutes([contactForm, deliveryForm, payForm]);
