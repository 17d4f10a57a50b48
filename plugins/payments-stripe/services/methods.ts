import type { I18n, PaymentMethod, PaymentProvider } from 'kontor/sdk';
import { isSetUp, modeOf, type Values } from './settings.ts';

/** Currencies whose minor unit is another one at Stripe than in ISO 4217, or is rounded there. */
const OTHERS = new Set(['ISK', 'UGX', 'BHD', 'JOD', 'KWD', 'OMR', 'TND']);
const STRIPE = 'api.stripe.com';
const TEST_CARDS = {
  pm_card_visa: 'testCard.visa',
  pm_card_chargeDeclined: 'testCard.declined',
  pm_card_threeDSecure2Required: 'testCard.step',
} as const;

export function methodsOf(
  values: Values,
  { currency, locale }: Parameters<PaymentProvider['methods']>[0],
  i18n: I18n,
): PaymentMethod[] {
  if (!isSetUp(values) || OTHERS.has(currency)) return [];
  const text = (key: string) => i18n.text(key, {}, locale);
  const method: PaymentMethod = {
    code: 'stripe',
    provider: 'stripe',
    title: text('card.title'),
    description: text('card.description'),
    isLater: false,
    isTest: modeOf(values.secretKey) === 'test',
    origins: originsOf(values),
  };
  if (values.host === STRIPE) return [method];
  // Somewhere else is a stand-in of Stripe: its cards are chosen on our page, so that no script is needed.
  const options = Object.entries(TEST_CARDS).map(([value, key]) => ({ value, title: text(key) }));
  return [{ ...method, fields: [{ name: 'paymentMethod', title: text('testCard.title'), options }] }];
}

function originsOf({ scriptUrl, host, port, protocol }: Values): string[] {
  const script = new URL(scriptUrl).origin;
  if (host === STRIPE) return [script, 'https://hooks.stripe.com', `https://${STRIPE}`];
  return [...new Set([script, new URL(`${protocol}://${host}:${port}`).origin])];
}
