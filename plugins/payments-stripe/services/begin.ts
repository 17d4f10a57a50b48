import type { I18n, Log, PaymentProvider, ProviderState } from 'kontor/sdk';
import type Stripe from 'stripe';
import { call, isRefusal } from './call.ts';
import { modeOf, type Values } from './settings.ts';

type Input = Parameters<PaymentProvider['start']>[0];

/**
 * Makes the intent. With a card that the buyer's form named it is confirmed at once; otherwise the page does that, so that
 * card numbers never come here.
 *
 * @returns the intent, also that of a declined card; how it stands when Stripe makes none
 */
export async function begin(deps: {
  client: Stripe;
  values: Values;
  input: Input;
  i18n: I18n;
  log: Log;
}): Promise<Stripe.PaymentIntent | ProviderState> {
  const { client, values, input, log } = deps;
  try {
    return await call('start a payment', () =>
      client.paymentIntents.create(paramsOf(values, input), { idempotencyKey: input.key }),
    );
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (error.payment_intent) return error.payment_intent;
    log.error(
      { code: error.code, param: error.param, message: error.message },
      'Stripe makes no payment of this',
    );
    return refusedState(deps);
  }
}

function paramsOf(values: Values, input: Input): Stripe.PaymentIntentCreateParams {
  const { amount, details, metadata, reference, returnUrl } = input;
  const isAutomatic = values.capture === 'automatic' || input.capture === 'automatic';
  const { paymentMethod } = details;
  return {
    amount: amount.amount,
    currency: amount.currency.toLowerCase(),
    capture_method: isAutomatic ? 'automatic' : 'manual',
    automatic_payment_methods: { enabled: true },
    description: reference,
    metadata: { ...metadata, returnUrl },
    expand: ['latest_charge'],
    ...(paymentMethod ? { payment_method: paymentMethod, confirm: true, return_url: returnUrl } : {}),
  };
}

/** Nothing was made: too small an amount, a card that is none. The reason is for the log, not for the buyer. */
function refusedState({ values, input, i18n }: { values: Values; input: Input; i18n: I18n }): ProviderState {
  const nothing = { amount: 0, currency: input.amount.currency };
  return {
    providerReference: input.metadata.start ?? input.key,
    state: 'failed',
    ...{ authorised: nothing, captured: nothing, refunded: nothing },
    isTest: modeOf(values.secretKey) === 'test',
    error: i18n.text('refused', {}, input.locale),
  };
}
