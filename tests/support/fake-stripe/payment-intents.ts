import { invalid, missing, StripeFault } from './errors.ts';
import { type Charge, type Intent, type Ledger, newId } from './ledger.ts';

export type Params = Readonly<Record<string, unknown>>;
export type World = {
  readonly ledger: Ledger;
  readonly isLive: boolean;
  now(): number;
  origin(): string;
  emit(type: string, object: unknown): void;
};

/** What test cards do. `step` asks on a page first. */
const METHODS: Readonly<Record<string, 'ok' | 'step' | 'processing' | { declined: string }>> = {
  pm_card_visa: 'ok',
  pm_card_mastercard: 'ok',
  pm_card_chargeDeclined: { declined: 'generic_decline' },
  pm_card_visa_chargeDeclinedInsufficientFunds: { declined: 'insufficient_funds' },
  pm_card_threeDSecure2Required: 'step',
  pm_sepa_debit: 'processing',
};
const DECLINED: Readonly<Record<string, string>> = {
  generic_decline: 'Your card was declined.',
  insufficient_funds: 'Your card has insufficient funds.',
};

export function createIntent(world: World, params: Params): Intent {
  const amount = Number(params.amount);
  if (!Number.isInteger(amount) || amount < 1) throw invalid('Invalid positive integer', { param: 'amount' });
  if (amount < 50)
    throw invalid('Amount must be at least €0.50 eur', { code: 'amount_too_small', param: 'amount' });
  if (!/^[a-z]{3}$/.test(String(params.currency))) throw invalid('Invalid currency', { param: 'currency' });
  const id = newId('pi');
  const intent: Intent = {
    id,
    object: 'payment_intent',
    amount,
    amount_capturable: 0,
    amount_received: 0,
    capture_method: params.capture_method === 'manual' ? 'manual' : 'automatic',
    client_secret: newId(`${id}_secret`),
    created: Math.floor(world.now() / 1000),
    currency: String(params.currency),
    last_payment_error: null,
    latest_charge: null,
    livemode: world.isLive,
    metadata: { ...(params.metadata as Record<string, string> | undefined) },
    next_action: null,
    payment_method: (params.payment_method as string | undefined) ?? null,
    return_url: (params.return_url as string | undefined) ?? null,
    status: params.payment_method ? 'requires_confirmation' : 'requires_payment_method',
  };
  if (params.confirm === 'true' && !intent.payment_method)
    throw invalid('You cannot confirm without a payment method', { param: 'payment_method' });
  world.ledger.intents.set(id, intent);
  world.emit('payment_intent.created', intent);
  return params.confirm === 'true' ? confirm(world, intent) : intent;
}

export function confirmIntent(world: World, id: string, params: Params): Intent {
  const intent = intentOf(world, id);
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status))
    throw unexpected(intent, 'confirm');
  if (params.payment_method) intent.payment_method = String(params.payment_method);
  if (params.return_url) intent.return_url = String(params.return_url);
  return confirm(world, intent);
}

function confirm(world: World, intent: Intent): Intent {
  const card = METHODS[intent.payment_method ?? ''];
  if (!card) throw missing('PaymentMethod', String(intent.payment_method));
  if (typeof card === 'object') throw decline(world, intent, card.declined);
  if (card === 'processing') {
    intent.status = 'processing';
    world.emit('payment_intent.processing', intent);
    return intent;
  }
  if (card === 'ok') return charge(world, intent);
  if (!intent.return_url)
    throw invalid('A return_url is needed for this payment method', { param: 'return_url' });
  intent.status = 'requires_action';
  intent.next_action = {
    type: 'redirect_to_url',
    redirect_to_url: { url: `${world.origin()}/3d_secure/${intent.id}`, return_url: intent.return_url },
  };
  world.emit('payment_intent.requires_action', intent);
  return intent;
}

/** Money moves here, and nowhere else. */
export function charge(world: World, intent: Intent): Intent {
  const isCaptured = intent.capture_method === 'automatic';
  const made: Charge = {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: isCaptured ? intent.amount : 0,
    amount_refunded: 0,
    captured: isCaptured,
    currency: intent.currency,
    payment_intent: intent.id,
    refunded: false,
  };
  world.ledger.charges.set(made.id, made);
  intent.latest_charge = made.id;
  intent.next_action = null;
  intent.last_payment_error = null;
  intent.status = isCaptured ? 'succeeded' : 'requires_capture';
  intent.amount_capturable = isCaptured ? 0 : intent.amount;
  intent.amount_received = isCaptured ? intent.amount : 0;
  world.emit(isCaptured ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', intent);
  return intent;
}

/** The intent stays and waits for another card, as Stripe's does. */
export function decline(world: World, intent: Intent, reason: string): StripeFault {
  const error = {
    type: 'card_error',
    code: reason === 'authentication' ? 'payment_intent_authentication_failure' : 'card_declined',
    ...(reason === 'authentication' ? {} : { decline_code: reason }),
    message: DECLINED[reason] ?? 'We are unable to authenticate your payment method.',
  };
  intent.status = 'requires_payment_method';
  intent.next_action = null;
  intent.payment_method = null;
  intent.last_payment_error = error;
  world.emit('payment_intent.payment_failed', intent);
  return new StripeFault(402, { ...error, payment_intent: { ...intent } });
}

export function captureIntent(world: World, id: string, params: Params): Intent {
  const intent = intentOf(world, id);
  if (intent.status !== 'requires_capture') throw unexpected(intent, 'capture');
  const amount = Number(params.amount_to_capture ?? intent.amount_capturable);
  if (!(amount >= 1 && amount <= intent.amount_capturable))
    throw invalid('The amount is more than what can be captured', { param: 'amount_to_capture' });
  const made = world.ledger.charges.get(intent.latest_charge!)!;
  Object.assign(made, { captured: true, amount_captured: amount });
  Object.assign(intent, { status: 'succeeded', amount_capturable: 0, amount_received: amount });
  world.emit('payment_intent.succeeded', intent);
  return intent;
}

export function cancelIntent(world: World, id: string): Intent {
  const intent = intentOf(world, id);
  if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'processing')
    throw unexpected(intent, 'cancel');
  Object.assign(intent, { status: 'canceled', amount_capturable: 0, next_action: null });
  world.emit('payment_intent.canceled', intent);
  return intent;
}

export function intentOf({ ledger }: World, id: string): Intent {
  const intent = ledger.intents.get(id);
  if (!intent) throw missing('payment_intent', id);
  return intent;
}

function unexpected(intent: Intent, what: string): StripeFault {
  return invalid(`You cannot ${what} this PaymentIntent because it has a status of ${intent.status}.`, {
    code: 'payment_intent_unexpected_state',
    payment_intent: { ...intent },
  });
}
