import type { Money, PaymentStep, ProviderState } from 'kontor/sdk';
import type Stripe from 'stripe';
import type { Values } from './settings.ts';

const STATES: Readonly<Record<Stripe.PaymentIntent.Status, ProviderState['state']>> = {
  requires_payment_method: 'needs_action',
  requires_confirmation: 'needs_action',
  requires_action: 'needs_action',
  processing: 'waiting',
  requires_capture: 'authorised',
  succeeded: 'captured',
  canceled: 'cancelled',
};

/** What a payment intent means to us. `latest_charge` must be expanded, for what was refunded. */
export function stateOf(intent: Stripe.PaymentIntent, values: Values, account?: string): ProviderState {
  const { id, status, amount, amount_capturable, amount_received, last_payment_error } = intent;
  const of = (minor: number): Money => ({ amount: minor, currency: intent.currency.toUpperCase() });
  // Back at the beginning with an error: the card was declined.
  const isDeclined = status === 'requires_payment_method' && last_payment_error !== null;
  const state = isDeclined ? 'failed' : (STATES[status] ?? 'needs_action');
  const held = { waiting: amount, authorised: amount_capturable, captured: amount } as Record<string, number>;
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  return {
    providerReference: id,
    state,
    authorised: of(held[state] ?? 0),
    captured: of(amount_received),
    refunded: of(charge?.amount_refunded ?? 0),
    isTest: !intent.livemode,
    ...(account ? { account } : {}),
    ...(isDeclined && last_payment_error?.message ? { error: last_payment_error.message } : {}),
    ...(state === 'needs_action' ? { next: nextStep(intent, values) } : {}),
  };
}

/** A page to go to works without any script; anything else is for Stripe's. */
function nextStep(intent: Stripe.PaymentIntent, values: Values): PaymentStep {
  const url = intent.next_action?.redirect_to_url?.url;
  if (url) return { kind: 'redirect', url };
  return {
    kind: 'script',
    data: {
      module: '/payments-stripe/checkout.js',
      scriptUrl: values.scriptUrl,
      publishableKey: values.publishableKey,
      clientSecret: intent.client_secret ?? '',
      returnUrl: intent.metadata.returnUrl ?? '',
      action: intent.status === 'requires_action' ? 'confirm' : 'pay',
    },
  };
}
