import { type Cradle, ok, type PaymentProvider, type ProviderState, refused } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { type Charge, createLedger } from './ledger.ts';

/** What the two providers have in common: everything but how a payment begins. */
export function onLedger(
  services: Cradle,
  {
    code,
    title,
    methods,
    begin,
  }: Pick<PaymentProvider, 'code' | 'title' | 'methods'> & {
    /** How it begins, from what the buyer chose and sent. */
    begin(
      input: Parameters<PaymentProvider['start']>[0],
    ): Pick<Charge, 'state' | 'error'> & { failsAtCapture?: boolean };
  },
): PaymentProvider {
  const ledger = createLedger(services);

  /** The word of the ledger, as every provider puts it. */
  function stateOf(charge: Charge): ProviderState {
    const { reference, state, amount, captured, refunded, currency } = charge;
    const isHeld = state === 'waiting' || state === 'authorised' || state === 'captured';
    const { platform, stores } = services;
    const url = `${platform.storeOrigin(stores.current())}/test-payment/${reference}`;
    return {
      providerReference: reference,
      state,
      authorised: { amount: isHeld ? amount : 0, currency },
      captured: { amount: captured, currency },
      refunded: { amount: captured > 0 ? refunded : 0, currency },
      isTest: charge.provider === 'test',
      ...(state === 'failed' ? { error: charge.error ?? services.i18n.text('declined.card') } : {}),
      ...(state === 'needs_action' ? { next: { kind: 'redirect', url } } : {}),
    };
  }

  return {
    code,
    title,
    methods,
    async start(input) {
      const { state, error, failsAtCapture = false } = begin(input);
      const charge = await ledger.open({
        start: input.metadata.start ?? input.key,
        provider: code,
        method: input.method,
        state: state === 'authorised' && input.capture === 'automatic' ? 'captured' : state,
        ...{ error, failsAtCapture },
        ...{ amount: input.amount.amount, currency: input.amount.currency },
        ...{ capture: input.capture, returnUrl: input.returnUrl },
      });
      return stateOf(charge);
    },
    async findStart({ start }) {
      const charge = await ledger.findStart(start);
      return charge && stateOf(charge);
    },
    async fetch(reference) {
      const charge = await ledger.find(reference);
      if (!charge) throw new errors.PAYMENTS_MANUAL_ERR_NO_CHARGE(reference);
      return stateOf(charge);
    },
    capture: async ({ providerReference }) => stateOf(await ledger.take(providerReference)),
    cancel: async ({ providerReference }) => stateOf(await ledger.letGo(providerReference)),
    async refund({ key, providerReference, amount }) {
      const isMade = await ledger.giveBack({ key, reference: providerReference, amount: amount.amount });
      return { reference: key, state: isMade ? 'done' : 'failed' };
    },
    findRefund: async ({ key }) =>
      (await ledger.hasRefund(key)) ? { reference: key, state: 'done' } : undefined,
    async test() {
      const { currency, locale } = services.stores.current();
      return (await methods({ currency, locale })).length > 0 ? ok() : refused('notConfigured');
    },
  };
}
